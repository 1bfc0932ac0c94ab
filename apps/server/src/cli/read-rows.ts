import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { UsageError } from './failure.ts';

/** A row of an import file with the line it begins on, or what is wrong with that line. */
export type FileRow = { line: number; data: Record<string, unknown> } | { line: number; message: string };

/**
 * Reads a `.jsonl` or `.csv` file row by row, without loading it whole. A row that cannot be read is yielded with
 * its line number and the reason; the rows after it follow.
 */
export function readRows(file: string): AsyncIterable<FileRow> {
  if (/\.(jsonl|ndjson|json)$/i.test(file)) return jsonLines(file);
  if (/\.(csv|tsv)$/i.test(file)) return csvRows(file);
  throw new UsageError(
    `Cannot tell the format of ${file} by its name.`,
    'Name it .jsonl (one JSON object per line) or .csv.',
  );
}

async function* jsonLines(file: string): AsyncGenerator<FileRow> {
  const lines = createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const trimmed = line === 1 ? text.replace(/^\uFEFF/, '').trim() : text.trim();
    if (trimmed !== '') yield jsonRow(trimmed, line);
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
    return { line, message: error instanceof Error ? error.message : String(error) };
  }
}

interface CsvRecord {
  record: string[];
  info: { lines: number; error?: Error };
}

async function* csvRows(file: string): AsyncGenerator<FileRow> {
  const delimiter = /\.tsv$/i.test(file) ? '\t' : ',';
  const parser = createReadStream(file).pipe(
    parse({ bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let header: string[] | null = null;
  let begins = 1;
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    const line = begins;
    begins = info.lines + 1;
    if (header === null) header = record;
    else if (record.length !== header.length) {
      yield { line, message: `${record.length} columns instead of ${header.length}` };
    } else yield { line, data: rowOf(header, record) };
  }
}

/** Empty cells are left out; a cell that is a JSON object is read as one. */
function rowOf(header: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const filled = header
    .map((name, index) => [name, cells[index] ?? ''] as const)
    .filter(([, cell]) => cell !== '');
  return Object.fromEntries(
    filled.map(([name, cell]) => [name, name.endsWith('dimensions') ? JSON.parse(cell) : cell]),
  );
}
