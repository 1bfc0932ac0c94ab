import type { JudgingAnswer, JudgingAnswers } from '@attune/contracts';

/** New names of responses by their old ones. */
type Names = ReadonlyMap<string, string>;

/** Name of a response by its place in the item, from 0: `r1`, `r2`, … */
export function ownKey(place: number): string {
  return `r${place + 1}`;
}

/** Name of a response by the position it is shown at, from 0: `A`, `B`, … */
export function shownKey(position: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + position);
}

/** Own names of the responses, in the order in which they were shown. */
export function ownKeysAsShown(shown: readonly number[]): string[] {
  return shown.map(ownKey);
}

/** A judge's answers in the item's own names. @param shown place of the response at each position */
export function toOwnKeys(answers: JudgingAnswers, shown: readonly number[]): JudgingAnswers {
  return renamed(answers, new Map(shown.map((place, position) => [shownKey(position), ownKey(place)])));
}

/** Answers in the item's own names as a judge, who was shown them in this order, knows the responses. */
export function toShownKeys(answers: JudgingAnswers, shown: readonly number[]): JudgingAnswers {
  return renamed(answers, new Map(shown.map((place, position) => [ownKey(place), shownKey(position)])));
}

function renamed(answers: JudgingAnswers, names: Names): JudgingAnswers {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, renamedAnswer(answer, names)]),
  );
}

function renamedAnswer(answer: JudgingAnswer, names: Names): JudgingAnswer {
  const name = (key: string) => names.get(key) ?? key;
  switch (answer.kind) {
    case 'pairwise':
      return { ...answer, choice: name(answer.choice) };
    case 'ranking':
      return { ...answer, places: answer.places.map((place) => place.map(name)) };
    case 'stars':
      return {
        ...answer,
        stars: Object.fromEntries(Object.entries(answer.stars).map(([key, stars]) => [name(key), stars])),
      };
    case 'spans':
      return { ...answer, spans: answer.spans.map((span) => ({ ...span, response: name(span.response) })) };
    case 'labels':
    case 'text':
      return answer;
  }
}
