import type { Estimate } from './interval.ts';
import type { Moments } from './moments.ts';

export interface SequenceOptions {
  /** Chance that the sequence ever misses the truth, over all looks; default 0.05. */
  alpha?: number;
  /** Number of observations at which the interval is to be tightest; default 500. */
  tightestAt?: number;
}

/**
 * Interval for a mean that stays valid however often and whenever one looks: an asymptotic confidence sequence
 * (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, "Time-uniform central limit theory and asymptotic confidence
 * sequences", theorem 2.2; ρ by their equation for a given time). Asymptotic: do not act on fewer than about 50
 * observations. Unbounded below two.
 */
export function meanSequence({ n, mean, variance }: Moments, options: SequenceOptions = {}): Estimate {
  if (n < 2) return { value: mean, ci: [-Infinity, Infinity], n };
  const half = Math.sqrt(variance) * boundary(n, options);
  return { value: mean, ci: [mean - half, mean + half], n };
}

/**
 * The same for the mean of a less that of b, two independent streams. n counts both; `tightestAt` too. Unbounded while
 * either has fewer than two observations.
 */
export function meanDifferenceSequence(a: Moments, b: Moments, options: SequenceOptions = {}): Estimate {
  const n = a.n + b.n;
  const value = a.mean - b.mean;
  if (a.n < 2 || b.n < 2) return { value, ci: [-Infinity, Infinity], n };
  // The difference is a mean over all n observations whose influence has this variance.
  const variance = n * (a.variance / a.n + b.variance / b.n);
  return meanSequence({ n, mean: value, variance }, options);
}

/** Half-width for unit variance at time t. */
function boundary(t: number, { alpha = 0.05, tightestAt = 500 }: SequenceOptions): number {
  const evidence = -2 * Math.log(alpha);
  const rhoSquared = (evidence + Math.log(evidence + 1)) / tightestAt;
  const growth = t * rhoSquared + 1;
  return Math.sqrt(((2 * growth) / (t * t * rhoSquared)) * Math.log(Math.sqrt(growth) / alpha));
}
