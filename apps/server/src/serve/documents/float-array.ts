/**
 * Reads PostgreSQL's binary form of a real[] (`array_send`): five 32-bit numbers (dimensions, nulls, type, length,
 * lower bound), then each element with its length before it, all big-endian.
 * @throws RangeError when it is not a one-dimensional real[] without nulls
 */
export function readFloatArray(bytes: Buffer): Float32Array {
  const HEADER = 20;
  const ELEMENT = 8;
  const REAL = 700;
  if (bytes.length < HEADER) return new Float32Array();
  const length = bytes.readInt32BE(12);
  const fits = bytes.readInt32BE(0) === 1 && bytes.length === HEADER + length * ELEMENT;
  if (!fits || bytes.readInt32BE(8) !== REAL) throw new RangeError('not a real[] of one dimension');
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = bytes.readFloatBE(HEADER + i * ELEMENT + 4);
  return values;
}
