/** The value of an IEEE 754 binary16 bit pattern (1 sign, 5 exponent, 10 fraction bits). */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Decodes little-endian binary16 values; `bytes` holds two per value. */
export function decodeFloat16(bytes: Uint8Array): Float32Array {
  const table = float16Table();
  const values = new Float32Array(bytes.length >> 1);
  for (let i = 0; i < values.length; i++) values[i] = table[bytes[2 * i]! | (bytes[2 * i + 1]! << 8)]!;
  return values;
}

let table: Float32Array | undefined;

/** All 65,536 values: millions of weights are decoded at load, and a look-up is many times faster than arithmetic. */
function float16Table(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, bits) => fromFloat16(bits));
  return table;
}
