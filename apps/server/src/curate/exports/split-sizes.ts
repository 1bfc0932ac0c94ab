import type { SnapshotRows } from '../datasets/snapshot.ts';
import { formatRows, rowsFor } from './format-rows.ts';
import type { RenderOptions } from './render.ts';

/** The rows on a side of the split, or all of them. */
export function inSplit(rows: SnapshotRows, split: 'all' | 'train' | 'validation'): SnapshotRows {
  const wanted = (row: { split: string }) => split === 'all' || row.split === split;
  return {
    ratings: rows.ratings.filter(wanted),
    pairs: rows.pairs.filter(wanted),
    steps: rows.steps.filter(wanted),
  };
}

/** How many rows a format makes of a side of the split. */
export function countRows(
  all: SnapshotRows,
  split: 'train' | 'validation',
  { format, authors }: Pick<RenderOptions, 'format' | 'authors'>,
): number {
  const rows = rowsFor(format, inSplit(all, split));
  if (format === 'parquet') return rows.ratings.length + rows.pairs.length + rows.steps.length;
  return formatRows(format, rows, authors).lines.length;
}
