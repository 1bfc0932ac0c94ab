import type { SnapshotPair, SnapshotRating } from '@attune/contracts';
import { mergeNearDuplicates, queryKey } from '@attune/core';

/** Pairs that stand there twice, and answers to one query that say nearly the same as another. */
export interface RepeatedAnswers {
  readonly exact: number;
  readonly near: number;
  readonly examples: string[];
}

const EXAMPLES = 3;
const EXAMPLE_CHARACTERS = 160;

/** Several ratings of one answer are no repetition: people agree or differ about it. */
export function repeatedAnswers(
  ratings: readonly SnapshotRating[],
  pairs: readonly SnapshotPair[],
): RepeatedAnswers {
  const distinctPairs = new Set(pairs.map((row) => JSON.stringify([row.query, row.chosen, row.rejected])));
  const answers = [
    ...ratings.map(({ query, response }) => ({ query, response })),
    ...pairs.flatMap(({ query, chosen, rejected }) => [
      { query, response: chosen },
      { query, response: rejected },
    ]),
  ];
  const merged = [...Map.groupBy(answers, ({ query }) => queryKey(query)).values()].flatMap((group) => {
    const texts = [...new Set(group.map(({ response }) => response))];
    return mergeNearDuplicates(texts, (text) => text).flatMap((one) => one.merged);
  });
  return {
    exact: pairs.length - distinctPairs.size,
    near: merged.length,
    examples: merged.slice(0, EXAMPLES).map((text) => text.slice(0, EXAMPLE_CHARACTERS).toWellFormed()),
  };
}
