import type { Estimate } from './interval.ts';

/** Why a reward model may not deserve trust, from what was measured on queries that it never saw. */
export type ModelDoubt = 'worse_than_chance' | 'not_better_than_chance' | 'not_better_than_length';

/** Measurements that the doubts rest on; null where there was nothing to measure. */
export interface OrderingMetrics {
  readonly auc: Estimate | null;
  readonly pair_accuracy: Estimate | null;
  readonly length_pair_accuracy: Estimate | null;
}

const CHANCE = 0.5;

/**
 * What speaks against a model. How it orders the answers of one query counts (pair accuracy), else how it orders all
 * answers (AUC). A claim is made only where the 95 % interval allows it; a model that was not measured is not doubted.
 */
export function modelDoubts({ auc, pair_accuracy, length_pair_accuracy }: OrderingMetrics): ModelDoubt[] {
  const doubts: ModelDoubt[] = [];
  const measured = [auc, pair_accuracy].filter((metric) => metric !== null);
  if (measured.some(({ ci }) => ci[1] < CHANCE)) doubts.push('worse_than_chance');
  else if (measured.length > 0 && measured.every(({ ci }) => ci[0] <= CHANCE))
    doubts.push('not_better_than_chance');
  if (
    pair_accuracy !== null &&
    length_pair_accuracy !== null &&
    pair_accuracy.value <= length_pair_accuracy.value
  ) {
    doubts.push('not_better_than_length');
  }
  return doubts;
}
