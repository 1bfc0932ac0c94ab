/**
 * Bytes that can be handed to another thread without copying: the same where they have their memory for themselves,
 * a copy where they share it. Handing over takes them away from this thread.
 */
export function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const alone = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return alone ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
