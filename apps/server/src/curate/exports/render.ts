import type { ExportFormat, FormatFinding, PiiReport } from '@attune/contracts';
import type { SnapshotRows } from '../datasets/snapshot.ts';
import { type Authors, formatRows, rowsFor } from './format-rows.ts';
import { checkedRows } from './masked-rows.ts';
import { parquetRows, writeParquet } from './parquet.ts';

/** How an export is to be written. */
export interface RenderOptions {
  readonly format: ExportFormat;
  readonly mask: boolean;
  readonly authors: Authors;
  /** Rows wanted as data, from the first. */
  readonly first: number;
}

/** A written file, how many rows it has, and what is to be known of them. */
export interface Rendered {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly findings: FormatFinding[];
  readonly pii: PiiReport;
  readonly first: Record<string, unknown>[];
}

/** Writes the rows of a data set in a training format; rows that the format has no place for are left out. */
export function render(all: SnapshotRows, { format, mask, authors, first }: RenderOptions): Rendered {
  const { rows, pii } = checkedRows(rowsFor(format, all), mask);
  if (format === 'parquet') {
    const count = rows.ratings.length + rows.pairs.length + rows.steps.length;
    return { bytes: writeParquet(rows), rows: count, findings: [], pii, first: parquetRows(rows, first) };
  }
  const { lines, findings } = formatRows(format, rows, authors);
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const shown = lines.slice(0, first).map((line) => Object.fromEntries(Object.entries(line)));
  return { bytes: new TextEncoder().encode(text), rows: lines.length, findings, pii, first: shown };
}
