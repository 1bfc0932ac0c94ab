import { createHash } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { newId } from '../ids.ts';
import { BlobDamaged, type Blobs } from './blobs.ts';

const SHA256 = /^[0-9a-f]{64}$/;

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Sees to it that a name in a folder survives a power cut, as fsync(2) asks. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeDurably(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await write(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Blobs in a local folder, two levels deep (`ab/cd/abcd…`), so that no folder grows large. A blob is written beside
 * its place, synced to disk and moved there in one step: a reader, a crash or a second writer never sees half of it.
 */
class LocalBlobs implements Blobs {
  readonly #folder: string;
  readonly #unfinished: string;

  constructor(folder: string, unfinished: string) {
    this.#folder = folder;
    this.#unfinished = unfinished;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const hash = hashOf(bytes);
    if (!(await this.#isSound(hash, bytes.length))) await this.#write(hash, (file) => file.writeFile(bytes));
    return hash;
  }

  async keep(hash: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    let length = 0;
    await this.#write(hash, async (file) => {
      const sum = createHash('sha256');
      for await (const part of bytes) {
        sum.update(part);
        length += part.byteLength;
        await file.writeFile(part);
      }
      if (sum.digest('hex') !== hash) throw new BlobDamaged(hash);
    });
    return length;
  }

  async stream(hash: string): Promise<{ bytes: number; content: ReadableStream<Uint8Array> } | undefined> {
    try {
      const file = await open(this.#pathOf(hash));
      const { size } = await file.stat();
      return { bytes: size, content: Readable.toWeb(file.createReadStream()) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    try {
      const bytes = await readFile(this.#pathOf(hash));
      if (hashOf(bytes) !== hash) throw new BlobDamaged(hash);
      return bytes;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async has(hash: string): Promise<boolean> {
    try {
      await access(this.#pathOf(hash));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async delete(hash: string): Promise<void> {
    await rm(this.#pathOf(hash), { force: true });
  }

  async #write(hash: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = this.#pathOf(hash);
    const unfinished = join(this.#unfinished, newId());
    const leaf = dirname(path);
    const isNew = (await mkdir(leaf, { recursive: true, mode: 0o700 })) !== undefined;
    try {
      await writeDurably(unfinished, write);
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
    await syncFolder(leaf);
    if (isNew) for (const folder of [dirname(leaf), this.#folder]) await syncFolder(folder);
  }

  /** A damaged blob is written anew. */
  async #isSound(hash: string, length: number): Promise<boolean> {
    try {
      return (await this.get(hash))?.length === length;
    } catch (error) {
      if (error instanceof BlobDamaged) return false;
      throw error;
    }
  }

  /** @throws TypeError when it is no hash, so that no name from outside can leave the folder */
  #pathOf(hash: string): string {
    if (!SHA256.test(hash)) throw new TypeError('not a SHA-256 in lower-case hexadecimal');
    return join(this.#folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  }
}

/** Opens the blobs of a folder, making it where there is none. Several processes may use one folder. */
export async function openBlobs(folder: string): Promise<Blobs> {
  const unfinished = join(folder, 'unfinished');
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  return new LocalBlobs(folder, unfinished);
}
