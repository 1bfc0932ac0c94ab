import { EstimateSchema, type ModelDoubt } from '@attune/contracts';
import { type Estimate, modelDoubts } from '@attune/core';
import { z } from 'zod';
import type { ModelRow } from './registry-store.ts';

const Measured = EstimateSchema.nullish().catch(null);
const Metrics = z.looseObject({
  auc: Measured,
  pair_accuracy: Measured,
  baselines: z
    .looseObject({ length: z.looseObject({ pair_accuracy: Measured }).optional() })
    .optional()
    .catch(undefined),
});

const CHANCE = 0.5;

/** What speaks against a model, from the metrics in its row. */
export function doubtsOf({ performance_metrics }: Pick<ModelRow, 'performance_metrics'>): ModelDoubt[] {
  const { auc, pair_accuracy, baselines } = Metrics.parse(performance_metrics);
  return modelDoubts({
    auc: known(auc),
    pair_accuracy: known(pair_accuracy),
    length_pair_accuracy: known(baselines?.length?.pair_accuracy),
  });
}

function known(measured: z.infer<typeof Measured>): Estimate | null {
  if (measured == null || measured.value === null) return null;
  const [low, high] = measured.ci;
  return low === null || high === null ? null : { value: measured.value, ci: [low, high], n: measured.n };
}

/** How well a model orders answers by what training held out: where one figure says worse than chance, that one. */
export function orderingOf({ performance_metrics }: Pick<ModelRow, 'performance_metrics'>): Estimate | null {
  const { auc, pair_accuracy } = Metrics.parse(performance_metrics);
  const measured = [known(pair_accuracy), known(auc)].filter((metric) => metric !== null);
  return measured.find(({ ci }) => ci[1] < CHANCE) ?? measured[0] ?? null;
}
