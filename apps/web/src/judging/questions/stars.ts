import type { AnswerOf, QuestionOf, ShownResponse } from './of-kind.ts';

/** One rating to be given: a response on a dimension. */
export interface Cell {
  readonly response: string;
  readonly dimension: string;
}

/** The ratings of a question, response by response. */
export function cellsOf(
  { dimensions }: QuestionOf<'stars'>,
  responses: readonly ShownResponse[],
): readonly Cell[] {
  return responses.flatMap((response) =>
    dimensions.map((dimension) => ({ response: response.key, dimension: dimension.key })),
  );
}

/** The answer with stars given in one cell. */
export function withStars(
  answer: AnswerOf<'stars'> | null,
  { response, dimension }: Cell,
  stars: number,
): AnswerOf<'stars'> {
  const given = answer?.stars ?? {};
  return { kind: 'stars', stars: { ...given, [response]: { ...given[response], [dimension]: stars } } };
}

/** The number a digit stands for on a scale: 0 is ten; null beyond the scale. */
export function starsOfDigit(digit: number, scale: number): number | null {
  const stars = digit === 0 ? 10 : digit;
  return stars <= scale ? stars : null;
}
