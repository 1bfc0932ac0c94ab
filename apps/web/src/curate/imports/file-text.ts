/** Byte order marks, as Excel's “Unicode text” has them. */
const marks = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/**
 * The text of a file in UTF-8, or in UTF-16 with its mark; null in any other encoding, which nobody can tell for certain:
 * a guess would put wrong letters into training data unseen.
 */
export function fileText(bytes: Uint8Array): string | null {
  const mark = marks.find((one) => one.bytes.every((byte, at) => bytes[at] === byte));
  try {
    return new TextDecoder(mark?.encoding ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
