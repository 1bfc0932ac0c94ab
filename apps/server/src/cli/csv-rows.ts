import { UsageError } from './failure.ts';
import type { FileRow } from './file-row.ts';

/** A quote that is still open after so many characters was never meant to be closed. */
const LONGEST_RECORD = 4_000_000;

/** Why the text is no record: its last quote is still open, or a quoted cell goes on after its closing quote. */
type Fault = 'open' | 'junk';

/**
 * The cells of one record (RFC 4180). A quote within a cell that does not begin with one stands for itself, as
 * spreadsheets write it.
 */
function cellsOf(text: string, delimiter: string): string[] | Fault {
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    if (cell === null) return 'open';
    cells.push(cell.value);
    at = cell.end;
    if (at >= text.length) return cells;
    if (text[at] !== delimiter) return 'junk';
  }
}

function plainCell(text: string, at: number, delimiter: string): { value: string; end: number } {
  const found = text.indexOf(delimiter, at);
  const end = found === -1 ? text.length : found;
  return { value: text.slice(at, end), end };
}

function quotedCell(text: string, at: number): { value: string; end: number } | null {
  let value = '';
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

/** Lines that can be put back, with the number of the one that comes next. */
class Lines {
  readonly #source: AsyncIterator<string>;
  /** The next one last. */
  readonly #waiting: string[] = [];
  next = 1;

  constructor(source: AsyncIterable<string>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async take(): Promise<string | null> {
    const waiting = this.#waiting.pop();
    const line = waiting ?? (await this.#source.next()).value;
    if (line === undefined) return null;
    this.next += 1;
    return line;
  }

  putBack(lines: readonly string[]): void {
    for (const line of lines.toReversed()) this.#waiting.push(line);
    this.next -= lines.length;
  }
}

/** The next record and where it begins; a broken one ends with its first line, so that the rows after it are read. */
async function nextRecord(
  lines: Lines,
  delimiter: string,
): Promise<{ line: number; cells: string[] | Fault } | null> {
  const line = lines.next;
  const first = await lines.take();
  if (first === null) return null;
  const more: string[] = [];
  let text = first;
  let cells = cellsOf(text, delimiter);
  while (cells === 'open' && text.length < LONGEST_RECORD) {
    const added = await lines.take();
    if (added === null) break;
    more.push(added);
    text += `\n${added}`;
    // Only a line with a quote can close one.
    if (added.includes('"')) cells = cellsOf(text, delimiter);
  }
  if (typeof cells === 'string') lines.putBack(more);
  return { line, cells };
}

const faults: Record<Fault, string> = {
  open: 'a quote is opened and not closed',
  junk: 'something stands between a closing quote and the next column',
};

/**
 * Rows of a CSV text by its heading; broken rows are said with the line they begin on. Empty cells are left out.
 * @throws UsageError when the heading lacks one of `columns`
 */
export async function* csvRows(
  source: AsyncIterable<string>,
  delimiter: string,
  columns: readonly string[],
): AsyncGenerator<FileRow> {
  const lines = new Lines(source);
  let heading: string[] | null = null;
  for (;;) {
    const record = await nextRecord(lines, delimiter);
    if (record === null) return;
    const { line, cells } = record;
    if (typeof cells === 'string') yield { line, message: faults[cells] };
    else if (cells.length === 1 && cells[0]?.trim() === '') continue;
    else if (heading === null) heading = headingOf(cells, columns);
    else yield rowOf(line, heading, cells);
  }
}

function headingOf(cells: readonly string[], columns: readonly string[]): string[] {
  const heading = cells.map((name) => name.trim());
  const missing = columns.filter((name) => !heading.includes(name));
  if (missing.length === 0) return heading;
  throw new UsageError(
    `The first line names no column ${missing.join(', ')}; it says: ${heading.join(', ').slice(0, 200)}`,
    `Name the columns ${columns.join(', ')} in the first line, and separate columns with commas, semicolons or tabs.`,
  );
}

function rowOf(line: number, heading: readonly string[], cells: readonly string[]): FileRow {
  if (cells.length !== heading.length) {
    return { line, message: `${cells.length} columns instead of ${heading.length}` };
  }
  const data: Record<string, unknown> = {};
  for (const [index, name] of heading.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    if (!name.endsWith('dimensions')) data[name] = cell;
    else {
      const value = objectIn(cell);
      if (value === null) return { line, message: `${name}: not a JSON object` };
      data[name] = value;
    }
  }
  return { line, data };
}

/** The JSON object that a cell holds, as `{"clarity": 4}`; null when it holds none. */
function objectIn(cell: string): object | null {
  try {
    const value: unknown = JSON.parse(cell);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
