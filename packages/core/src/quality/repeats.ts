import { questionKey } from '../conversation/question-key.ts';
import { mergeNearDuplicates, type NearDuplicateOptions } from '../near-duplicates.ts';
import type { TrainingFeedback } from '../training-feedback.ts';
import { type CheckedRows, dropWhere } from './dropped.ts';

/**
 * Drops what a person said again: of feedbacks by one person on near-identical answers to the same query with the same
 * rating and correction, the first stays. Two people who rate one answer are two observations and both stay.
 */
export function dropRepeats<T extends TrainingFeedback>(
  rows: readonly T[],
  options: NearDuplicateOptions = {},
): CheckedRows<T> {
  const groups = Map.groupBy(rows, (row) => {
    const { person, rating, correction, dimensions } = row;
    return JSON.stringify([person, questionKey(row), rating, correction, Object.entries(dimensions).sort()]);
  });
  const again = new Set<T>();
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    for (const { merged } of mergeNearDuplicates(group, (row) => row.response, options)) {
      for (const row of merged) again.add(row);
    }
  }
  return dropWhere(rows, (row) => (again.has(row) ? 'near_duplicate' : null));
}
