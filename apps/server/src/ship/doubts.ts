import { AttuneError, EstimateSchema, type ModelDoubt } from '@attune/contracts';
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

/**
 * Keeps a model that is measurably worse than chance from answering people by mistake.
 * @throws AttuneError `model_not_deployable`
 */
export function refuseWorseThanChance(model: ModelRow, force: boolean): void {
  if (force || !doubtsOf(model).includes('worse_than_chance')) return;
  throw new AttuneError('model_not_deployable', {
    message: `${model.model_id} orders answers worse than chance: see its metrics, and the data it learned from. Send \`force\` to deploy it all the same.`,
  });
}
