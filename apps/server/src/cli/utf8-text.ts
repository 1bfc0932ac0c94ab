import { UsageError } from './failure.ts';

/**
 * Text of UTF-8 bytes, with the byte order mark it may begin with.
 * @param what names the bytes, as "Line 3 of a.csv"
 * @throws UsageError where they are none: a guess would put wrong letters into training data unseen
 */
export function utf8Text(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(
      `${what} is not UTF-8.`,
      'Save the file as UTF-8; a spreadsheet calls it "CSV UTF-8".',
    );
  }
}
