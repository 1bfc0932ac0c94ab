import { weightedMean } from '../weighted-mean.ts';
import type { SelectionCandidate } from './candidate.ts';

/** Weights of `reward` and of each check's score, by the check's name. */
export type EnsembleWeights = Readonly<Record<string, number>>;

export const defaultEnsembleWeights: EnsembleWeights = { reward: 0.8, length: 0.1, coherence: 0.1 };

/** Reward and rule scores in one number, 0–1, by weight; null when nothing that has a weight was scored. */
export function ensembleScore(
  candidate: SelectionCandidate,
  weights = defaultEnsembleWeights,
): number | null {
  const scores: Record<string, number> = {};
  for (const outcome of candidate.checks) scores[outcome.check] = outcome.score;
  if (candidate.reward_score !== null) scores.reward = candidate.reward_score;
  return weightedMean(scores, weights);
}
