import type { TrainingFeedback } from '../training-feedback.ts';
import { pairsFromScores } from './from-scores.ts';
import type { PairingResult } from './preference-pair.ts';

/** Pairs answers to the same query with different mean ratings. */
export function directPairs(feedback: readonly TrainingFeedback[]): PairingResult {
  return pairsFromScores(feedback, { method: 'direct', scoreOf: ({ rating }) => rating });
}
