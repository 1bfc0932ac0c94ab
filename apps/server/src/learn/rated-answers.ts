import { mean, seededRandom, shuffled } from '@attune/core';

/** One answer to a query: its reward, the mean of its ratings and its length in characters. */
export interface RatedAnswer {
  key: string;
  response: string;
  rating: number;
  reward: number;
  length: number;
}

/** Answers to one query that are compared with each other at most; 64 give 2,016 pairs. */
const MOST_COMPARED = 64;

/** The distinct answers among rated rows of one query; people's ratings of one answer are averaged. */
export function ratedAnswers(
  rows: readonly { key: string; response: string; rating: number; reward: number }[],
): RatedAnswer[] {
  const byText = Map.groupBy(rows, (row) => row.response);
  return [...byText.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const rating = mean(same.map((row) => row.rating));
    return {
      key: first.key,
      response: first.response,
      rating,
      reward: first.reward,
      length: first.response.length,
    };
  });
}

/** Every two of these answers whose ratings differ, the better one as chosen; of very many answers a fixed sample. */
export function comparisonsWithin<Answer extends RatedAnswer>(answers: readonly Answer[], seed: number) {
  const sample =
    answers.length > MOST_COMPARED ? shuffled(answers, seededRandom(seed)).slice(0, MOST_COMPARED) : answers;
  return sample.flatMap((one, index) =>
    sample.slice(index + 1).flatMap((other) => {
      if (one.rating === other.rating) return [];
      const [chosen, rejected] = one.rating > other.rating ? [one, other] : [other, one];
      return { key: one.key, chosen, rejected };
    }),
  );
}
