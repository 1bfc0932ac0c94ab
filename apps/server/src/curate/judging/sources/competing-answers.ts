import type { JudgingQuestion } from '@attune/contracts';
import type { LoggedCandidates, LoggedQuestion } from './logged-candidates.ts';
import type { NewItem } from './new-item.ts';

/** Most responses that an item has. */
const MOST = 10;

/** The candidates of logged answers: the best and the worst scored where two are compared, else all. */
export async function itemsFromAnswers(
  candidates: LoggedCandidates,
  organization: string,
  questions: readonly JudgingQuestion[],
  { since, limit }: { readonly since?: string | undefined; readonly limit: number },
): Promise<NewItem[]> {
  const pairwise = questions.some(({ kind }) => kind === 'pairwise');
  const logged = await candidates.recent(organization, {
    since: since === undefined ? null : new Date(since),
    limit,
  });
  return logged.map((question) => ({
    kind: 'item',
    query: question.query,
    context: question.context,
    responses: pairwise ? bestAndWorst(question.candidates) : question.candidates.slice(0, MOST),
    known: null,
    source: { kind: 'answer', id: question.responseId },
  }));
}

function bestAndWorst(candidates: LoggedQuestion['candidates']): LoggedQuestion['candidates'] {
  if (candidates.length <= 2) return candidates;
  const byScore = candidates.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return [...byScore.slice(0, 1), ...byScore.slice(-1)];
}
