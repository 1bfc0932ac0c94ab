import type { RewardModel } from '../model/reward-model.ts';
import { gatherItems } from '../train/items.ts';
import { assertSamples, type TrainingSamples } from '../train/samples.ts';
import { type Evaluation, type EvaluationOptions, evaluateScored } from './evaluation.ts';
import { scoredSet } from './scored-set.ts';

/**
 * Measures a model on rated answers or comparisons that it was not trained on.
 * @throws RewardError `bad_sample`
 */
export async function evaluateModel(
  model: RewardModel,
  samples: TrainingSamples,
  options: EvaluationOptions,
): Promise<Evaluation> {
  assertSamples(samples);
  const set = gatherItems(samples);
  const rewards = new Float64Array(set.items.length);
  for (const rows of Map.groupBy(set.items.keys(), (row) => set.items[row]!.group).values()) {
    const responses = rows.map((row) => set.items[row]!.response);
    const scores = await model.score(set.items[rows[0]!]!.query, responses);
    rows.forEach((row, index) => {
      rewards[row] = scores[index]!.reward;
    });
  }
  return evaluateScored(scoredSet(set, rewards, options.seed), options);
}
