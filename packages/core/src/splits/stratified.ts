import { seededRandom, shuffled } from '../random.ts';
import { type QueryGroup, queryGroups } from './query-groups.ts';
import type { Split, SplitRow } from './split-row.ts';
import { sizeOf, takeLeading, takeShare } from './take-share.ts';

/**
 * Splits at random, label by label, so that both sides have about the same mix of labels. A query with several labels
 * counts to its most frequent one.
 * @param share of rows for validation
 */
export function stratifiedSplit<T extends SplitRow>(
  rows: readonly T[],
  share: number,
  seed: number,
): Split<T> {
  const random = seededRandom(seed);
  const train: QueryGroup<T>[] = [];
  const validation: QueryGroup<T>[] = [];
  const strata = [...Map.groupBy(queryGroups(rows), mainLabel)].sort(([a], [b]) => (a < b ? -1 : 1));
  let owed = 0;
  for (const [, groups] of strata) {
    // What rounding left one stratum short of, the next makes up for.
    owed += share * sizeOf(groups);
    const { taken, rest } = takeShare(shuffled(groups, random), owed);
    owed -= sizeOf(taken);
    validation.push(...taken);
    train.push(...rest);
  }
  return withoutEmptySide(train, validation, share);
}

/** So few or so large queries that one side got none: the smallest ones go to validation. */
function withoutEmptySide<T>(train: QueryGroup<T>[], validation: QueryGroup<T>[], share: number): Split<T> {
  const all = [...train, ...validation].sort((a, b) => a.rows.length - b.rows.length);
  const needed = all.length > 1 && (train.length === 0 || validation.length === 0);
  const { taken, rest } = needed ? takeLeading(all, share * sizeOf(all)) : { taken: validation, rest: train };
  return { train: rowsOf(rest), validation: rowsOf(taken), left_out: [] };
}

function rowsOf<T>(groups: readonly QueryGroup<T>[]): T[] {
  return groups.flatMap((group) => group.rows);
}

function mainLabel<T extends SplitRow>({ rows }: QueryGroup<T>): string {
  const counts = [...Map.groupBy(rows, (row) => row.label)].map(([label, same]) => ({
    label,
    n: same.length,
  }));
  counts.sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
  return counts[0]!.label;
}
