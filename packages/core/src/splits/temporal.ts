import { type QueryGroup, queryGroups } from './query-groups.ts';
import type { Split, SplitRow } from './split-row.ts';
import { takeLeading } from './take-share.ts';

/**
 * Validates on what came last: queries in order of their first row, the newest for validation. Later rows of an older
 * query come after the cut and are left out.
 * @param share of rows for validation
 */
export function temporalSplit<T extends SplitRow>(rows: readonly T[], share: number): Split<T> {
  const newestFirst = queryGroups(rows).sort((a, b) => firstTime(b) - firstTime(a));
  const { taken, rest } = takeLeading(newestFirst, share * rows.length);
  const cut = Math.min(...taken.slice(-1).map(firstTime));
  const older = rest.flatMap((group) => group.rows);
  return {
    train: older.filter((row) => row.createdAt.getTime() <= cut),
    validation: taken.flatMap((group) => group.rows),
    left_out: older.filter((row) => row.createdAt.getTime() > cut),
  };
}

function firstTime<T extends SplitRow>({ rows }: QueryGroup<T>): number {
  return rows.reduce((first, row) => Math.min(first, row.createdAt.getTime()), Infinity);
}
