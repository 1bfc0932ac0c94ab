import type { SnapshotPair, SnapshotRating } from '@attune/contracts';
import { mergeNearDuplicates, questionKey } from '@attune/core';

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
  const distinctPairs = new Set(
    pairs.map((row) => JSON.stringify([row.query, row.context, row.chosen, row.rejected])),
  );
  const answers = [
    ...ratings.map(({ query, context, response }) => ({ query, context, response })),
    ...pairs.flatMap(({ query, context, chosen, rejected }) => [
      { query, context, response: chosen },
      { query, context, response: rejected },
    ]),
  ];
  const merged = [...Map.groupBy(answers, questionKey).values()].flatMap((group) => {
    const texts = [...new Set(group.map(({ response }) => response))];
    return mergeNearDuplicates(texts, (text) => text).flatMap((one) => one.merged);
  });
  return {
    exact: pairs.length - distinctPairs.size,
    near: merged.length,
    examples: merged.slice(0, EXAMPLES).map((text) => text.slice(0, EXAMPLE_CHARACTERS).toWellFormed()),
  };
}
