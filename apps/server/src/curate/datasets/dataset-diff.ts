import type { RowChange, SnapshotRow } from '@attune/contracts';
import { canonicalJson, questionKey } from '@attune/core';
import { toDatasetRow } from './dataset-row-view.ts';
import type { SnapshotRows } from './snapshot.ts';

/** Two snapshots compared. */
export interface DatasetDiff {
  readonly counts: { added: number; removed: number; changed: number; same: number; moved: number };
  /** Added, then removed, then changed rows, each in the order of their snapshot. */
  readonly changes: RowChange[];
}

/**
 * What `after` has that `before` has not, and the other way round. A rating is the same row as long as it is the same
 * feedback, a pair as long as it is the same two answers to the same query, whichever is preferred. Only its split
 * moving, or the labels that errors are told by, change nothing in a row: nothing else is learnt from it.
 */
export function datasetDiff(before: SnapshotRows, after: SnapshotRows): DatasetDiff {
  const old = keyed(before);
  const now = keyed(after);
  const added = [...now].flatMap(([key, row]) => (old.has(key) ? [] : [row]));
  const removed = [...old].flatMap(([key, row]) => (now.has(key) ? [] : [row]));
  const both = [...now].flatMap(([key, row]) => {
    const was = old.get(key);
    return was === undefined ? [] : [{ was, row }];
  });
  const changed = both.filter(({ was, row }) => contentOf(was) !== contentOf(row));
  const moved = both.filter(({ was, row }) => was.split !== row.split && contentOf(was) === contentOf(row));
  return {
    counts: {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      same: both.length - changed.length,
      moved: moved.length,
    },
    changes: [
      ...added.map((row) => ({ change: 'added' as const, before: null, after: toDatasetRow(row) })),
      ...removed.map((row) => ({ change: 'removed' as const, before: toDatasetRow(row), after: null })),
      ...changed.map(({ was, row }) => ({
        change: 'changed' as const,
        before: toDatasetRow(was),
        after: toDatasetRow(row),
      })),
    ],
  };
}

/** Rows by what makes them the same; of rows with one key, the second and further ones get a number. */
function keyed({ ratings, pairs, steps }: SnapshotRows): Map<string, SnapshotRow> {
  const rows = new Map<string, SnapshotRow>();
  const seen = new Map<string, number>();
  for (const row of [...ratings, ...pairs, ...steps]) {
    const key = keyOf(row);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    rows.set(times === 1 ? key : `${key}#${times}`, row);
  }
  return rows;
}

function keyOf(row: SnapshotRow): string {
  switch (row.type) {
    case 'rating':
      return JSON.stringify(['rating', row.feedback_id]);
    case 'pair':
      return JSON.stringify(['pair', questionKey(row), ...[row.chosen, row.rejected].sort()]);
    case 'steps':
      return JSON.stringify(['steps', questionKey(row), row.unit, row.steps.map(({ text }) => text)]);
  }
}

function contentOf({ split: _, ...row }: SnapshotRow): string {
  if ('feedback_ids' in row) return canonicalJson({ ...row, feedback_ids: [] });
  const { category: _category, user_group: _group, ...rating } = row;
  return canonicalJson(rating);
}
