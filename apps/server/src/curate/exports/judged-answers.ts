import type { SnapshotRows } from '../datasets/snapshot.ts';

/** An answer and whether people found it good. */
export interface JudgedAnswer {
  readonly prompt: string;
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
  const ratingsOf = new Map<string, number[]>();
  const add = (query: string, response: string, rating: number) => {
    const key = JSON.stringify([query, response]);
    ratingsOf.set(key, [...(ratingsOf.get(key) ?? []), rating]);
  };
  for (const row of ratings) add(row.query, row.response, row.rating);
  for (const pair of pairs) if (pair.method === 'correction') add(pair.query, pair.chosen, 5);
  return [...ratingsOf].flatMap(([key, all]) => {
    const [prompt, completion] = JSON.parse(key) as [string, string];
    const mean = all.reduce((sum, rating) => sum + rating, 0) / all.length;
    return mean === MIDDLE ? [] : [{ prompt, completion, label: mean > MIDDLE }];
  });
}
