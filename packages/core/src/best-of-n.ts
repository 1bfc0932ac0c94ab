import { bootstrap, type Estimate } from './interval.ts';
import { mean } from './moments.ts';
import { assertSameLength } from './same-length.ts';

/** The candidates of one query: what a model scored them and what people rated them, in the same order. */
export interface RatedCandidates {
  scores: readonly number[];
  ratings: readonly number[];
}

/** Ratings of the delivered answer over queries, in units of the ratings; n counts queries. */
export interface BestOfN {
  /** When the candidate with the highest score is delivered. */
  mean_rating: Estimate;
  /** When any candidate is delivered with equal chance. */
  random: Estimate;
  /** When the best-rated candidate is delivered. */
  oracle: Estimate;
  /** (mean_rating − random) / (oracle − random): 0 as good as chance, 1 as good as can be. NaN without a gap. */
  gap_closed: Estimate;
}

interface QueryOutcome {
  picked: number;
  random: number;
  oracle: number;
}

/**
 * What choosing by score is worth. Candidates tied at the top score count with the mean of their ratings, which is
 * what a fair tie-break delivers on average. Intervals are bootstrapped over queries.
 * @throws RangeError when a query has no candidate, columns of different lengths or a score that is not a number
 */
export function bestOfN(
  groups: readonly RatedCandidates[],
  options: { seed: number; resamples?: number },
): BestOfN {
  const outcomes = groups.map((group) => [outcomeOf(group)]);
  const over = (statistic: (rows: QueryOutcome[]) => number) => bootstrap(outcomes, statistic, options);
  const average = (rows: QueryOutcome[], key: keyof QueryOutcome) => mean(rows.map((row) => row[key]));
  return {
    mean_rating: over((rows) => average(rows, 'picked')),
    random: over((rows) => average(rows, 'random')),
    oracle: over((rows) => average(rows, 'oracle')),
    gap_closed: over((rows) => {
      const random = average(rows, 'random');
      const gap = average(rows, 'oracle') - random;
      return gap > 0 ? (average(rows, 'picked') - random) / gap : Number.NaN;
    }),
  };
}

function outcomeOf({ scores, ratings }: RatedCandidates): QueryOutcome {
  assertSameLength(scores, ratings);
  if (scores.length === 0) throw new RangeError('a query without candidates');
  if (scores.some(Number.isNaN)) throw new RangeError('a score is not a number');
  const top = Math.max(...scores);
  return {
    picked: mean(ratings.filter((_, index) => scores[index] === top)),
    random: mean(ratings),
    oracle: Math.max(...ratings),
  };
}
