import type { TrainingFeedback } from '../training-feedback.ts';
import { pairsFromScores } from './from-scores.ts';
import type { PairingResult } from './preference-pair.ts';
import { meanScore } from './rated-answers.ts';

/** Pairs good answers (mean rating above `middle`, default 3.5) with bad ones (below) to the same query. */
export function absolutePairs(feedback: readonly TrainingFeedback[], middle = 3.5): PairingResult {
  return pairsFromScores(feedback, {
    method: 'absolute',
    scoreOf: ({ rating }) => rating,
    fits: (better, worse) => meanScore(better) > middle && meanScore(worse) < middle,
  });
}
