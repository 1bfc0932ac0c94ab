const encoder = new TextEncoder();

/** Scrambles a 32-bit number so that every input bit moves every output bit (finaliser of MurmurHash3). */
export function mix32(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function scrambled(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/**
 * Hash of a text's UTF-8 bytes, 0 to 2^32 − 1, the same on every machine: MurmurHash3 x86 32-bit by Austin Appleby
 * (public domain). For spreading, never for secrets or content addresses.
 */
export function murmur3(text: string, seed = 0): number {
  const bytes = encoder.encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let h = seed | 0;
  for (let at = 0; at < whole; at += 4) {
    h ^= scrambled(view.getUint32(at, true));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at--) tail = (tail << 8) | bytes[at]!;
  if (whole < bytes.length) h ^= scrambled(tail);
  return mix32(h ^ bytes.length);
}
