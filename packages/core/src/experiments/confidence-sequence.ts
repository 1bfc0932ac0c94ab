import type { Estimate } from '../interval.ts';
import type { Moments } from '../moments.ts';

export interface SequenceOptions {
  /** Chance that the sequence ever misses the truth, over all looks; default 0.05. */
  alpha?: number;
  /** Number of observations at which the interval is to be tightest; default 500. Fixed before the first look. */
  tightestAt?: number;
}

/**
 * Interval for a mean that stays valid however often and whenever one looks: an asymptotic confidence sequence
 * (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, "Time-uniform central limit theory and asymptotic confidence
 * sequences", theorem 2.2; ρ by their equation for a given time). Asymptotic: do not act on fewer than about 50
 * observations. Unbounded below two, and where nothing has varied: then nothing says how far chance reaches.
 */
export function meanSequence({ n, mean, variance }: Moments, options: SequenceOptions = {}): Estimate {
  if (n < 2 || !(variance > 0)) return { value: mean, ci: [-Infinity, Infinity], n };
  const half = Math.sqrt(variance) * sequenceHalfWidth(n, options);
  return { value: mean, ci: [mean - half, mean + half], n };
}

/**
 * The same for the mean of a less that of b, two independent streams. n counts both; `tightestAt` too. Unbounded while
 * either has fewer than two observations. Arms whose users give many observations come as `armMoments` gives them.
 */
export function meanDifferenceSequence(a: Moments, b: Moments, options: SequenceOptions = {}): Estimate {
  return meanSequence(differenceMoments(a, b), options);
}

/**
 * The p-value of a difference of means that stays valid however often one looks: the smallest alpha at which the
 * sequence leaves 0 out. The smallest one so far may be kept.
 */
export function sequencePValue(a: Moments, b: Moments, options: SequenceOptions = {}): number {
  const { n, mean, variance } = differenceMoments(a, b);
  if (n < 2 || !(variance > 0)) return 1;
  const growth = n * rhoSquared(options) + 1;
  const zSquared = (n * mean * mean) / variance;
  const logP = Math.log(growth) / 2 - (zSquared * (growth - 1)) / (2 * growth);
  return Math.min(1, Math.exp(logP));
}

/**
 * The mean of a over that of b less 1, by the delta method: +0.05 is 5 % more. Unbounded while either arm has fewer
 * than two observations or b's mean is not above 0.
 */
export function relativeDifferenceSequence(a: Moments, b: Moments, options: SequenceOptions = {}): Estimate {
  const n = a.n + b.n;
  const value = a.mean / b.mean - 1;
  if (a.n < 2 || b.n < 2 || !(b.mean > 0)) return { value, ci: [-Infinity, Infinity], n };
  const ofA = a.variance / a.n / b.mean ** 2;
  const ofB = ((a.mean / b.mean) ** 2 * b.variance) / b.n / b.mean ** 2;
  return meanSequence({ n, mean: value, variance: n * (ofA + ofB) }, options);
}

/** Half-width of the sequence for unit variance at n observations. */
export function sequenceHalfWidth(n: number, options: SequenceOptions = {}): number {
  const rho2 = rhoSquared(options);
  const growth = n * rho2 + 1;
  return Math.sqrt(((2 * growth) / (n * n * rho2)) * Math.log(Math.sqrt(growth) / (options.alpha ?? 0.05)));
}

function rhoSquared({ alpha = 0.05, tightestAt = 500 }: SequenceOptions): number {
  const evidence = -2 * Math.log(alpha);
  return (evidence + Math.log(evidence + 1)) / tightestAt;
}

/** The difference is a mean over all n observations whose influence has this variance. */
function differenceMoments(a: Moments, b: Moments): Moments {
  const n = a.n + b.n;
  const mean = a.mean - b.mean;
  if (a.n < 2 || b.n < 2) return { n: 0, mean, variance: Number.NaN };
  return { n, mean, variance: n * (a.variance / a.n + b.variance / b.n) };
}
