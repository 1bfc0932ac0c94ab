import type { AttuneAnswer, ComparisonVote } from '@attune/contracts';
import type { MyFeedbackState } from './my-feedback.ts';

export type CompareOffer = NonNullable<AttuneAnswer['compare']>;
export type Verdict = ComparisonVote['verdict'];

/** Which candidate stands on which side. */
export function sidesOf({ candidate_id, delivered_candidate_id, shown }: CompareOffer): {
  left: string;
  right: string;
} {
  return shown === 'left'
    ? { left: delivered_candidate_id, right: candidate_id }
    : { left: candidate_id, right: delivered_candidate_id };
}

/** A verdict as the server takes it. */
export function voteOf(offer: CompareOffer, verdict: Verdict, strength?: number): ComparisonVote {
  const { left, right } = sidesOf(offer);
  const decided = verdict === 'left' || verdict === 'right';
  return {
    left,
    right,
    verdict,
    chosen: decided ? { left, right }[verdict] : null,
    rejected: decided ? { left: right, right: left }[verdict] : null,
    ...(strength !== undefined && { strength }),
  };
}

/** The name under which a comparison of these two is kept, whichever side they were shown on. */
export function comparisonTarget(offer: CompareOffer): string {
  return `comparison:${[offer.candidate_id, offer.delivered_candidate_id].sort().join(',')}`;
}

/** What the person decided before, or just now; null when nothing yet. */
export function verdictOn({ kept, wishes }: MyFeedbackState, offer: CompareOffer): Verdict | null {
  const target = comparisonTarget(offer);
  const last = wishes.get(target)?.at(-1);
  if (last !== undefined) return 'takeBack' in last ? null : (last.say.comparison?.verdict ?? null);
  return keptVerdict(kept.get(target)?.feedback_value.comparison, sidesOf(offer));
}

function keptVerdict(value: unknown, sides: { left: string; right: string }): Verdict | null {
  if (typeof value !== 'object' || value === null || !('verdict' in value)) return null;
  if (value.verdict === 'tie' || value.verdict === 'both_bad') return value.verdict;
  if (!('chosen' in value)) return null;
  return value.chosen === sides.left ? 'left' : 'right';
}
