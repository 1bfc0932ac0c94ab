import type { TrainingFeedback } from '../training-feedback.ts';
import { weightedMean } from '../weighted-mean.ts';
import { pairsFromScores } from './from-scores.ts';
import type { PairingResult } from './preference-pair.ts';

/** Weights of the dimensions by name. */
export type AspectWeights = Readonly<Record<string, number>>;

export const defaultAspectWeights: AspectWeights = {
  accuracy: 0.3,
  helpfulness: 0.3,
  clarity: 0.2,
  safety: 0.2,
};

/**
 * Pairs answers to the same query by the weighted mean of their dimension ratings. Feedback that rates less than half
 * of the weight is not compared: accuracy alone of one answer says nothing against safety alone of another.
 */
export function multiAspectPairs(
  feedback: readonly TrainingFeedback[],
  weights: AspectWeights = defaultAspectWeights,
): PairingResult {
  return pairsFromScores(feedback, {
    method: 'multi_aspect',
    scoreOf: ({ dimensions }) => aspectScore(dimensions, weights),
  });
}

/** Weighted mean of dimension ratings, 1 to 5, or null when less than half of the weight is rated. */
export function aspectScore(
  dimensions: Readonly<Partial<Record<string, number>>>,
  weights: AspectWeights = defaultAspectWeights,
): number | null {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const rated = Object.entries(weights).filter(([name]) => dimensions[name] !== undefined);
  const covered = rated.reduce((sum, [, weight]) => sum + weight, 0);
  return covered >= total / 2 ? weightedMean(dimensions, weights) : null;
}
