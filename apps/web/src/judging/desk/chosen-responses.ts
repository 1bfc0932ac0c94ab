import type { JudgingAnswers } from '@attune/contracts';

/** Keys of the responses that the answers prefer: the chosen of a pair, the first of a ranking. */
export function chosenResponses(answers: JudgingAnswers): string[] {
  return Object.values(answers).flatMap((answer) => {
    if (answer.kind === 'pairwise')
      return answer.choice === 'tie' || answer.choice === 'both_bad' ? [] : [answer.choice];
    return answer.kind === 'ranking' ? (answer.places[0] ?? []) : [];
  });
}
