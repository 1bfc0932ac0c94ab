import type { CompareOffer } from '@attune/contracts';
import { drawRival } from '@attune/core';
import type { Question } from './ask.ts';
import type { Selected } from './select.ts';

/** What the reward model thinks of a candidate is the very question; it keeps none from being read. */
const opinions: ReadonlySet<string> = new Set(['below_threshold', 'not_scored']);

/**
 * Another candidate for the reader to compare with the delivered one, on a share of answers. Near-duplicates were merged
 * before; what is empty or fails a check is no choice.
 */
export function offerComparison(
  question: Question,
  { chosen, candidates }: Selected,
  share: number,
): CompareOffer | null {
  if (question.tools || chosen.generation.callsTools) return null;
  const rivals = candidates.filter(
    ({ id, text, failed_checks }) =>
      id !== chosen.id && text.trim() !== '' && failed_checks.every((check) => opinions.has(check)),
  );
  const ids = rivals.map(({ id }) => id);
  const drawn = drawRival(question.responseId, ids, share);
  const rival = rivals.find(({ id }) => id === drawn?.id);
  if (drawn === null || rival === undefined) return null;
  return {
    candidate_id: rival.id,
    response: rival.text,
    delivered_candidate_id: chosen.id,
    shown: drawn.shown,
    propensity: drawn.propensity,
  };
}
