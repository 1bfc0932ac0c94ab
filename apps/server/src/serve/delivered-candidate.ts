import type { Candidate } from '@attune/contracts';

/** The candidate that was delivered: the likeliest one with the text of the answer. Undefined when there was none. */
export function deliveredCandidate(answer: {
  readonly selected_response: string | null;
  readonly all_candidates: readonly Candidate[];
}): Candidate | undefined {
  return answer.all_candidates
    .filter(({ text, error }) => error === undefined && text === answer.selected_response)
    .sort((a, b) => (b.propensity ?? 0) - (a.propensity ?? 0))[0];
}
