/** Bytes under their own SHA-256: the same bytes are kept once, and what is read is what was written. */
export interface Blobs {
  /** Keeps bytes, durably; gives their SHA-256 in hexadecimal, under which they are found again. */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * The bytes, or undefined where there are none of that hash.
   * @throws BlobDamaged when what is kept is not what was put
   */
  get(hash: string): Promise<Uint8Array | undefined>;
  /**
   * Keeps bytes as they come, however many, durably; gives how many they were.
   * @throws BlobDamaged when they do not have that hash; nothing is kept then
   */
  keep(hash: string, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** The bytes as they are read from the disk, unchecked; undefined where there are none of that hash. */
  stream(hash: string): Promise<{ bytes: number; content: ReadableStream<Uint8Array> } | undefined>;
  has(hash: string): Promise<boolean>;
  /** Removes them; nothing happens where there are none. */
  delete(hash: string): Promise<void>;
}

/** What is kept under a hash does not have that hash. Putting the bytes again mends it. */
export class BlobDamaged extends Error {
  override readonly name = 'BlobDamaged';
  readonly hash: string;

  constructor(hash: string) {
    super(`The stored bytes with SHA-256 ${hash} are damaged.`);
    this.hash = hash;
  }
}
