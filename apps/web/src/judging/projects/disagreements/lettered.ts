import type { JudgingAnswer, JudgingAnswers } from '@attune/contracts';
import type { Disagreement } from './disagreement.ts';

/** The letters that stand for an item's responses, by the keys that the server knows them by: A is the first. */
export function lettersOf({ responses }: Pick<Disagreement, 'responses'>): ReadonlyMap<string, string> {
  return new Map(responses.map(({ key }, place) => [key, String.fromCharCode(65 + place)]));
}

/** The same names the other way round. */
export function keysOf(item: Pick<Disagreement, 'responses'>): ReadonlyMap<string, string> {
  return new Map([...lettersOf(item)].map(([key, letter]) => [letter, key]));
}

/** Answers with other names for the responses. */
export function renamed(answers: JudgingAnswers, names: ReadonlyMap<string, string>): JudgingAnswers {
  return Object.fromEntries(
    Object.entries(answers).map(([question, answer]) => [question, answerRenamed(answer, names)]),
  );
}

/** An item whose responses have letters, in the answers too: what judges call them. */
export function lettered(item: Disagreement): Disagreement {
  const names = lettersOf(item);
  const { responses, judgements, adjudication } = item;
  return {
    ...item,
    responses: responses.map((response) => ({ ...response, key: nameIn(names, response.key) })),
    judgements: judgements.map((vote) => ({ ...vote, answers: renamed(vote.answers, names) })),
    adjudication:
      adjudication === null ? null : { ...adjudication, answers: renamed(adjudication.answers, names) },
  };
}

/** Choices that are none of the responses, such as a tie, keep their names. */
function nameIn(names: ReadonlyMap<string, string>, key: string): string {
  return names.get(key) ?? key;
}

function answerRenamed(answer: JudgingAnswer, names: ReadonlyMap<string, string>): JudgingAnswer {
  switch (answer.kind) {
    case 'pairwise':
      return { ...answer, choice: nameIn(names, answer.choice) };
    case 'ranking':
      return { ...answer, places: answer.places.map((place) => place.map((key) => nameIn(names, key))) };
    case 'stars':
      return {
        ...answer,
        stars: Object.fromEntries(
          Object.entries(answer.stars).map(([key, stars]) => [nameIn(names, key), stars]),
        ),
      };
    case 'spans':
      return {
        ...answer,
        spans: answer.spans.map((span) => ({ ...span, response: nameIn(names, span.response) })),
      };
    case 'labels':
    case 'text':
      return answer;
  }
}
