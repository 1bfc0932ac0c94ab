import { normalQuantile, studentQuantile } from './distributions.ts';
import { type Moments, momentsOf } from './moments.ts';
import { quantileOfSorted } from './quantile.ts';
import { seededRandom } from './random.ts';

/**
 * A statistic with its two-sided confidence interval and the number of independent units behind it.
 * Where the data cannot bound it, the bounds are infinite (both become null in JSON); n says why.
 */
export interface Estimate {
  value: number;
  ci: [number, number];
  n: number;
}

/**
 * Wilson's score interval for a share (E. B. Wilson 1927, without continuity correction).
 * With n = 0 the value is NaN and the interval is all of [0, 1].
 * @throws RangeError unless 0 ≤ successes ≤ n and 0 < confidence < 1
 */
export function wilson(successes: number, n: number, confidence = 0.95): Estimate {
  if (!(successes >= 0 && successes <= n)) throw new RangeError(`${successes} successes of ${n} trials`);
  if (n === 0) return { value: Number.NaN, ci: [0, 1], n };
  const share = successes / n;
  const z = normalQuantile(upperProbability(confidence));
  const weight = 1 / (1 + (z * z) / n);
  const centre = weight * (share + (z * z) / (2 * n));
  const half = weight * z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { value: share, ci: [Math.max(0, centre - half), Math.min(1, centre + half)], n };
}

/**
 * The mean of independent values with Student's t interval. Below two values the interval is unbounded.
 * @throws RangeError unless 0 < confidence < 1
 */
export function meanInterval(values: readonly number[], confidence = 0.95): Estimate {
  return momentsInterval(momentsOf(values), confidence);
}

/** The same from the size, mean and variance of the values. */
export function momentsInterval({ n, mean, variance }: Moments, confidence = 0.95): Estimate {
  const upper = upperProbability(confidence);
  if (n < 2) return { value: mean, ci: [-Infinity, Infinity], n };
  const half = studentQuantile(upper, n - 1) * Math.sqrt(variance / n);
  return { value: mean, ci: [mean - half, mean + half], n };
}

/** How a bootstrap runs: its seed, its resamples (default 1,000) and the confidence (default 0.95). */
export interface BootstrapOptions {
  seed: number;
  resamples?: number;
  confidence?: number;
}

/**
 * Any statistic with a percentile interval from resampling whole groups with replacement (cluster bootstrap; Efron
 * 1979, Davison and Hinkley 1997, section 3.8). Rows of one query, person or dialogue depend on each other, so they
 * stay together.
 *
 * n counts groups, not rows: groups are the independent units. Resamples in which the statistic is not a number (a
 * class went missing) are left out. Below two groups the interval is unbounded.
 *
 * @param groups rows by independent unit
 * @param statistic of all rows of the drawn groups, in draw order; must not depend on row order
 */
export function bootstrap<T>(
  groups: readonly (readonly T[])[],
  statistic: (rows: T[]) => number,
  options: BootstrapOptions,
): Estimate {
  const upper = upperProbability(options.confidence ?? 0.95);
  const n = groups.length;
  const value = statistic(groups.flat());
  const draws = n < 2 ? [] : resampledValues(groups, statistic, options);
  if (draws.length === 0) return { value, ci: [-Infinity, Infinity], n };
  const sorted = Float64Array.from(draws).sort();
  return { value, ci: [quantileOfSorted(sorted, 1 - upper), quantileOfSorted(sorted, upper)], n };
}

function resampledValues<T>(
  groups: readonly (readonly T[])[],
  statistic: (rows: T[]) => number,
  { seed, resamples = 1000 }: BootstrapOptions,
): number[] {
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    const rows: T[] = [];
    for (let k = 0; k < groups.length; k++) {
      for (const row of groups[Math.floor(random() * groups.length)]!) rows.push(row);
    }
    const value = statistic(rows);
    if (!Number.isNaN(value)) values.push(value);
  }
  return values;
}

function upperProbability(confidence: number): number {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence lies between 0 and 1, got ${confidence}`);
  return (1 + confidence) / 2;
}
