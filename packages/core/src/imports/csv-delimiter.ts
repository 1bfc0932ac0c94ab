/** What parts the cells of a table: comma, semicolon (as Excel writes where 1.5 is “1,5”) or tab. */
export const csvDelimiters = [',', ';', '\t'] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/**
 * What parts the cells of a CSV text, by its heading: the one that stands there most often outside quotes. Of two that stand
 * there as often it is the one that names of columns rarely hold: tab before semicolon before comma.
 * @param text the text or its first line, with or without a byte order mark; empty lines before the heading do not count
 */
export function csvDelimiter(text: string): CsvDelimiter {
  const heading =
    text
      .replace(/^\uFEFF/, '')
      .trimStart()
      .split('\n', 1)[0] ?? '';
  const plain = heading.replaceAll(/"[^"]*("|$)/g, '');
  const often = (delimiter: CsvDelimiter) => plain.split(delimiter).length;
  return csvDelimiters.reduce((best, one) => (often(one) > 1 && often(one) >= often(best) ? one : best));
}
