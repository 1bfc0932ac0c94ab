import type { SnapshotRows } from '../datasets/snapshot.ts';

/** An answer and whether people found it good. */
export interface JudgedAnswer {
  readonly prompt: string;
  /** What was said before the prompt; left out where it was the first question. */
  readonly context?: string | undefined;
  readonly completion: string;
  readonly label: boolean;
}

/** Mean rating that parts good from bad; answers right on it are neither. */
const MIDDLE = 3.5;

/**
 * Each answer once: corrections are good, rated answers good above a mean rating of 3.5 and bad below. An answer right
 * on it, where people disagree, is left out.
 */
export function judgedAnswers({ ratings, pairs }: SnapshotRows): JudgedAnswer[] {
  const rated = [
    ...ratings,
    ...pairs.flatMap(({ query, context, method, chosen }) =>
      method === 'correction' ? [{ query, context, response: chosen, rating: 5 }] : [],
    ),
  ];
  const answers = Map.groupBy(rated, (row) => JSON.stringify([row.query, row.context, row.response]));
  return [...answers.values()].flatMap((rows) => {
    const mean = rows.reduce((sum, { rating }) => sum + rating, 0) / rows.length;
    return rows.slice(0, mean === MIDDLE ? 0 : 1).map(({ query: prompt, context, response: completion }) => ({
      prompt,
      ...(context !== undefined && { context }),
      completion,
      label: mean > MIDDLE,
    }));
  });
}
