import type { PairMethod, SnapshotRating } from '@attune/contracts';
import type { RatedSample, TrainingSamples } from '@attune/reward';
import type { TrainingRow } from './training-task.ts';

/** Pairs of these kinds repeat what the ratings say; with the ratings at hand they would count it twice. */
const derived: readonly PairMethod[] = ['direct', 'absolute', 'multi_aspect'];

/** Rows of a snapshot as a recipe takes them: ratings, and the pairs that say something of their own. */
export function samplesOf(rows: readonly TrainingRow[]): Required<TrainingSamples> {
  const ratings = rows.flatMap((row) => (row.type === 'rating' ? [ratedSample(row)] : []));
  const pairs = rows.flatMap((row) => {
    if (row.type !== 'pair' || (ratings.length > 0 && derived.includes(row.method))) return [];
    const { query, context, chosen, rejected, strength } = row;
    return [{ query, context, chosen, rejected, strength }];
  });
  return { ratings, pairs };
}

function ratedSample({ query, context, response, rating, rating_dimensions }: SnapshotRating): RatedSample {
  const rated = Object.entries(rating_dimensions ?? {}).filter(([, stars]) => stars !== undefined);
  return { query, context, response, rating, dimensions: Object.fromEntries(rated) };
}
