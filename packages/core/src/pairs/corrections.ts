import type { TrainingFeedback } from '../training-feedback.ts';
import { words } from '../words.ts';
import { answerKey } from './answer-key.ts';
import type { LeftOut, PairingResult, PreferencePair } from './preference-pair.ts';

const LEAST = 0.25;

/**
 * Prefers each correction to the answer it corrects. Strength: how far the answer's rating is from 5 as a share of the
 * scale, at least 0.25 since somebody found it worth correcting; 1 without a rating.
 */
export function correctionPairs(feedback: readonly TrainingFeedback[]): PairingResult {
  const pairs: PreferencePair[] = [];
  const left_out: LeftOut[] = [];
  for (const { id, query, context, response, correction, rating } of feedback) {
    if (correction === null) continue;
    const feedback_ids = [id];
    const leave = (reason: LeftOut['reason']) =>
      left_out.push({ reason, method: 'correction', query, feedback_ids });
    if (words(correction).length === 0) leave('empty_text');
    else if (answerKey(correction) === answerKey(response)) leave('same_text');
    else {
      const strength = rating === null ? 1 : Math.max(LEAST, (5 - rating) / 4);
      pairs.push({
        query,
        ...(context && { context }),
        chosen: correction,
        rejected: response,
        strength,
        method: 'correction',
        feedback_ids,
      });
    }
  }
  return { pairs, left_out };
}
