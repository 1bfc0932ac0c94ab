import { meanDifference } from './experiments/mean-difference.ts';
import { type Estimate, momentsInterval } from './interval.ts';
import { type Moments, momentsOf } from './moments.ts';

/**
 * Running sums over ratings of 1 to 5. Two counters merge by adding, in any order, so that replicas and time windows
 * can count apart.
 */
export interface RatingCounter {
  n: number;
  sum: number;
  sum_squares: number;
  /** Number of ratings of 1, 2, 3, 4 and 5, halves rounded up. */
  distribution: [number, number, number, number, number];
}

/** A counter that has seen nothing. */
export function emptyCounter(): RatingCounter {
  return { n: 0, sum: 0, sum_squares: 0, distribution: [0, 0, 0, 0, 0] };
}

/** The counter with one more rating. @throws RangeError outside 1–5 */
export function withRating(counter: RatingCounter, rating: number): RatingCounter {
  return added(counter, single(rating), 1);
}

/** The counter without a rating it had counted, for when a person changes their mind. @throws RangeError outside 1–5 */
export function withoutRating(counter: RatingCounter, rating: number): RatingCounter {
  return added(counter, single(rating), -1);
}

/** What both counters saw. */
export function merged(a: RatingCounter, b: RatingCounter): RatingCounter {
  return added(a, b, 1);
}

function single(rating: number): RatingCounter {
  if (!(rating >= 1 && rating <= 5)) throw new RangeError(`a rating lies in 1 to 5, got ${rating}`);
  const is = (star: number) => Number(Math.round(rating) === star);
  return { n: 1, sum: rating, sum_squares: rating ** 2, distribution: [is(1), is(2), is(3), is(4), is(5)] };
}

function added(a: RatingCounter, b: RatingCounter, sign: 1 | -1): RatingCounter {
  const [one, two, three, four, five] = a.distribution;
  const other = b.distribution;
  return {
    n: a.n + sign * b.n,
    sum: a.sum + sign * b.sum,
    sum_squares: a.sum_squares + sign * b.sum_squares,
    distribution: [
      one + sign * other[0],
      two + sign * other[1],
      three + sign * other[2],
      four + sign * other[3],
      five + sign * other[4],
    ],
  };
}

/** Size, mean and variance of what was counted; NaN where there is too little. */
export function counterMoments({ n, sum, sum_squares }: RatingCounter): Moments {
  const mean = sum / n;
  const variance = n < 2 ? Number.NaN : Math.max(0, sum_squares - n * mean * mean) / (n - 1);
  return { n, mean, variance };
}

/** How ratings changed from an earlier window to a later one: difference of means, later less earlier. */
export function trend(earlier: RatingCounter, later: RatingCounter): Estimate {
  return meanDifference(counterMoments(later), counterMoments(earlier));
}

/**
 * How the last `window` ratings differ from the `window` before them; null with fewer than two windows.
 * @param ratings in order of time, newest last
 */
export function recentTrend(ratings: readonly number[], window = 50): Estimate | null {
  if (ratings.length < 2 * window) return null;
  const earlier = ratings.slice(-2 * window, -window);
  return meanDifference(momentsOf(ratings.slice(-window)), momentsOf(earlier));
}

/** Average rating with Student's t interval. */
export function averageRating(counter: RatingCounter): Estimate {
  return momentsInterval(counterMoments(counter));
}
