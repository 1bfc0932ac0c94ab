import { csvRows } from './csv-rows.ts';
import { UsageError } from './failure.ts';
import type { FileRow } from './file-row.ts';
import { readLines } from './read-lines.ts';

/**
 * Reads a `.jsonl` or `.csv` file row by row, without loading it whole. A row that cannot be read is yielded with
 * its line number and the reason; the rows after it follow.
 * @throws UsageError when the name tells no format or there is no such file
 */
export async function* readRows(file: string): AsyncGenerator<FileRow> {
  const lines = withoutByteOrderMark(readLines(file));
  const rows = rowsIn(file, lines);
  try {
    yield* rows;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(`There is no file ${file}.`, 'Check the path.');
    }
    throw error;
  }
}

function rowsIn(file: string, lines: AsyncIterable<string>): AsyncGenerator<FileRow> {
  if (/\.(jsonl|ndjson|json)$/i.test(file)) return jsonRows(lines);
  if (/\.csv$/i.test(file)) return csvRows(lines, ',');
  if (/\.tsv$/i.test(file)) return csvRows(lines, '\t');
  throw new UsageError(
    `Cannot tell the format of ${file} by its name.`,
    'Name it .jsonl (one JSON object per line) or .csv.',
  );
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
