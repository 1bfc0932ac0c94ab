import type { JudgingAnswer, JudgingQuestion } from '@attune/contracts';
import { ownKey } from './response-keys.ts';

/** How two responses of an item compare to one judge, from −1 (the second, clearly) to 1 (the first). */
export interface DuelVote {
  readonly judge: string;
  readonly verdict: 'first' | 'tie' | 'second' | 'both_bad';
  readonly lead: number;
}

/** Two responses of an item by their places, and what everybody said about them. */
export interface Duel {
  readonly item: string;
  readonly first: number;
  readonly second: number;
  readonly votes: readonly DuelVote[];
}

/** A question that puts one response above another. */
export type ComparingQuestion = Extract<JudgingQuestion, { kind: 'pairwise' | 'ranking' }>;

/** Every two responses of an item as the answers to a question compare them. */
export function duelsOf(
  question: ComparingQuestion,
  item: { readonly id: string; readonly responses: number },
  answers: readonly { readonly judge: string; readonly answer: JudgingAnswer }[],
): Duel[] {
  const places = Array.from({ length: item.responses }, (_, place) => place);
  return places.flatMap((first) =>
    places.slice(first + 1).map((second) => ({
      item: item.id,
      first,
      second,
      votes: answers.flatMap(({ judge, answer }) => {
        const vote = compare(question, answer, ownKey(first), ownKey(second));
        return vote === null ? [] : [{ judge, ...vote }];
      }),
    })),
  );
}

function compare(
  question: ComparingQuestion,
  answer: JudgingAnswer,
  first: string,
  second: string,
): Omit<DuelVote, 'judge'> | null {
  if (question.kind === 'pairwise' && answer.kind === 'pairwise') {
    const { choice, strength = question.strength_levels } = answer;
    if (choice === 'tie' || choice === 'both_bad') return { verdict: choice, lead: 0 };
    const lead = strength / question.strength_levels;
    return choice === first ? { verdict: 'first', lead } : { verdict: 'second', lead: -lead };
  }
  if (answer.kind !== 'ranking') return null;
  const placeOf = (key: string) => answer.places.findIndex((place) => place.includes(key));
  const lead = Math.sign(placeOf(second) - placeOf(first));
  if (lead === 0) return { verdict: 'tie', lead };
  return lead > 0 ? { verdict: 'first', lead } : { verdict: 'second', lead };
}
