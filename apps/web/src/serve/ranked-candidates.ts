import type { Candidate, LoggedAnswer } from '@attune/contracts';

/** A candidate as it is shown. */
export interface RankedCandidate {
  readonly candidate: Candidate;
  /** Its text is what was delivered. */
  readonly delivered: boolean;
  /** Came after the answer had gone out. */
  readonly late: boolean;
  /** Was so like another one that it stands behind it. */
  readonly mergedAway: boolean;
}

/** The candidates of an answer: the delivered one first, then by score; unscored, merged and failed ones last. */
export function rankedCandidates(answer: LoggedAnswer): RankedCandidate[] {
  const { all_candidates: all } = answer;
  const deliveredId = deliveredOf(answer)?.id;
  const merged = new Set(all.flatMap((candidate) => candidate.merged));
  const ranked = all.map((candidate) => ({
    candidate,
    delivered: candidate.id === deliveredId,
    late: candidate.propensity === null && candidate.error === undefined && !merged.has(candidate.id),
    mergedAway: merged.has(candidate.id),
  }));
  return ranked.sort((a, b) => weight(b) - weight(a));
}

/** The delivered text is a candidate's text, or the beginning of one when the reader left early. */
function deliveredOf({ all_candidates: all, selected_response: text }: LoggedAnswer): Candidate | undefined {
  if (text === null || text === '') return undefined;
  const competing = all.filter(({ error }) => error === undefined);
  return competing.find((one) => one.text === text) ?? competing.find((one) => one.text.startsWith(text));
}

function weight({ candidate, delivered, late, mergedAway }: RankedCandidate): number {
  if (delivered) return 3;
  if (candidate.error !== undefined) return -3;
  if (mergedAway) return -2;
  return (candidate.reward_score ?? -1) + (late ? -0.5 : 0);
}
