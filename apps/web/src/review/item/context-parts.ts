import type { Candidate, ReviewContext } from '@attune/contracts';
import { turnsInContext } from '@attune/core';

export const contextParts = [
  'conversation',
  'candidates',
  'steps',
  'sources',
  'earlier',
  'others',
  'similar',
  'decisions',
] as const;
export type ContextPart = (typeof contextParts)[number];

/** The delivered candidate first, then by score. */
export function candidatesOf({
  answer,
}: ReviewContext): readonly { candidate: Candidate; delivered: boolean }[] {
  if (answer === null) return [];
  const delivered = answer.all_candidates.find(({ text }) => text === answer.selected_response)?.id;
  return answer.all_candidates
    .map((candidate) => ({ candidate, delivered: candidate.id === delivered }))
    .toSorted(
      (a, b) =>
        Number(b.delivered) - Number(a.delivered) ||
        (b.candidate.reward_score ?? -1) - (a.candidate.reward_score ?? -1),
    );
}

/** Steps and sources of the delivered candidate, or of the only one that has any. */
export function workOf(context: ReviewContext) {
  const [first] = candidatesOf(context);
  return { steps: first?.candidate.steps ?? [], sources: first?.candidate.sources ?? [] };
}

/** What was said in the conversation before the question: as it is logged, else as it is kept with the feedback. */
export function turnsBefore({ answer, feedback }: ReviewContext): { role: string; content: string }[] {
  if (answer === null) return keptTurns(feedback.query_context);
  const turns = answer.context.flatMap(({ role, content }) =>
    typeof content === 'string' && content !== '' ? [{ role, content }] : [],
  );
  const last = turns.at(-1);
  return last?.role === 'user' && last.content === feedback.query ? turns.slice(0, -1) : turns;
}

/** A context that is no conversation, as one from a file may be, counts as one text of the application's. */
function keptTurns(context: string): { role: string; content: string }[] {
  if (context === '') return [];
  return turnsInContext(context) ?? [{ role: 'system', content: context }];
}
