import { type CsvDelimiter, csvDelimiter } from '@attune/core/csv-delimiter';
import { csvRecords } from './csv-records.ts';

/** A row of a file, with the line (in a JSON array: the number) it stands on. */
export interface FileRow {
  readonly line: number;
  readonly data: Record<string, unknown>;
}

/** What was read of a file. */
export interface FileRows {
  readonly rows: readonly FileRow[];
  readonly faults: readonly { readonly line: number; readonly fault: Fault }[];
  /** What parts the cells of a table; null for JSON. */
  readonly delimiter: CsvDelimiter | null;
}

export type Fault = 'no_json' | 'no_object' | 'columns' | 'quote';

function objectOf(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Reads a file by its name and by what stands in it: CSV, TSV, one JSON value, or an object on each line. */
export function fileRows(name: string, content: string): FileRows {
  const text = content.replace(/^\uFEFF/, '');
  if (/\.tsv$/i.test(name)) return tableRows(text, '\t');
  if (/\.csv$/i.test(name)) return tableRows(text, csvDelimiter(text));
  const whole = /^\s*[[{]/.test(text) ? parsed(text) : null;
  return whole === null ? lineRows(text) : itemRows([whole.value].flat());
}

function itemRows(items: readonly unknown[]): FileRows {
  return sorted(items.map((item, index) => ({ line: index + 1, read: objectOf(item) ?? 'no_object' })));
}

function lineRows(text: string): FileRows {
  const lines = text.split('\n').map((words, index) => ({ line: index + 1, words }));
  return sorted(
    lines
      .filter(({ words }) => words.trim() !== '')
      .map(({ line, words }) => {
        const value = parsed(words);
        return { line, read: value === null ? 'no_json' : (objectOf(value.value) ?? 'no_object') };
      }),
  );
}

function tableRows(text: string, delimiter: CsvDelimiter): FileRows {
  const [heading, ...records] = csvRecords(text, delimiter);
  if (heading === undefined) return { rows: [], faults: [], delimiter };
  const names = distinct(heading.cells.map((name) => name.trim()));
  return sorted(
    records.map(({ line, cells, open }) => {
      if (open) return { line, read: 'quote' };
      if (cells.length !== names.length) return { line, read: 'columns' };
      const filled = names.map((name, index) => [name, cells[index] ?? '']).filter(([, cell]) => cell !== '');
      return { line, read: Object.fromEntries(filled) };
    }),
    delimiter,
  );
}

/** Columns of one name are numbered: none of them is lost. */
function distinct(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

function sorted(
  read: readonly { line: number; read: Record<string, unknown> | Fault }[],
  delimiter: CsvDelimiter | null = null,
): FileRows {
  return {
    rows: read.flatMap(({ line, read: data }) => (typeof data === 'string' ? [] : [{ line, data }])),
    faults: read.flatMap(({ line, read: fault }) => (typeof fault === 'string' ? [{ line, fault }] : [])),
    delimiter,
  };
}
