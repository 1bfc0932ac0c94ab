import { type CsvDelimiter, csvDelimiter } from '@attune/core/csv-delimiter';
import { csvRows } from './csv-rows.ts';
import { UsageError } from './failure.ts';
import type { FileRow } from './file-row.ts';
import { isOneJsonValue, jsonArrayRows } from './json-rows.ts';
import { readLines } from './read-lines.ts';

/**
 * Reads a `.jsonl`, `.csv` or `.tsv` file row by row, without loading it whole, or the items of a `.json` array. A row that
 * cannot be read is yielded with its line number and the reason; the rows after it follow.
 * @param columns those that a CSV file must have
 * @throws UsageError when the name tells no format, there is no such file, or it lacks a column
 */
export async function* readRows(file: string, columns: readonly string[] = []): AsyncGenerator<FileRow> {
  try {
    const delimiter = await tableDelimiter(file);
    const whole = /\.json$/i.test(file) && (await isOneJsonValue(readLines(file)));
    if (whole) yield* jsonArrayRows(file);
    else if (delimiter === null) yield* jsonRows(withoutByteOrderMark(readLines(file)));
    else yield* csvRows(withoutByteOrderMark(readLines(file)), delimiter, columns);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(`There is no file ${file}.`, 'Check the path.');
    }
    throw error;
  }
}

/**
 * What parts the cells of a table, by its heading; null for a file of JSON.
 * @throws UsageError when the name tells no format
 */
export async function tableDelimiter(file: string): Promise<CsvDelimiter | null> {
  if (/\.(jsonl|ndjson|json)$/i.test(file)) return null;
  if (/\.tsv$/i.test(file)) return '\t';
  if (/\.csv$/i.test(file)) return csvDelimiter(await firstLine(file));
  throw new UsageError(
    `Cannot tell the format of ${file} by its name.`,
    'Name it .jsonl (one JSON object per line), .json (an array of objects) or .csv.',
  );
}

async function firstLine(file: string): Promise<string> {
  for await (const line of withoutByteOrderMark(readLines(file))) if (line.trim() !== '') return line;
  return '';
}

async function* withoutByteOrderMark(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const line of lines) {
    yield isFirst ? line.replace(/^\uFEFF/, '') : line;
    isFirst = false;
  }
}

async function* jsonRows(lines: AsyncIterable<string>): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield jsonRow(text, line);
  }
}

function jsonRow(text: string, line: number): FileRow {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
      return { line, data: Object.fromEntries(Object.entries(data)) };
    }
    return { line, message: 'not a JSON object' };
  } catch (error) {
    if (error instanceof SyntaxError) return { line, message: `not JSON: ${error.message}` };
    throw error;
  }
}
