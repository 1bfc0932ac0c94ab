import { answerCalibrationError } from '../calibration.ts';
import { type BootstrapOptions, bootstrap, type Estimate } from '../interval.ts';
import { auc, pairAccuracy } from '../metrics.ts';
import { quantileOfSorted } from '../quantile.ts';
import { spearmanInterval } from '../spearman-interval.ts';

/** Two answers of which people prefer one, with the margin by which each of two models prefers it too. */
export interface ComparedMargins {
  /** What makes rows depend on each other: the question. */
  readonly key: string;
  /** Reward of the preferred answer minus reward of the other. */
  readonly candidate: number;
  readonly incumbent: number;
}

/** A rated answer with what two models give it. */
export interface ComparedRewards {
  readonly key: string;
  readonly good: boolean;
  readonly candidate: number;
  readonly incumbent: number;
}

/**
 * Pair accuracy of the candidate minus that of the incumbent, −1 to 1, on the same pairs: a paired bootstrap that draws
 * whole questions (Efron and Tibshirani 1993, chapter 16; Koehn 2004 for two systems on one test set). n counts questions.
 */
export function pairAccuracyDifference(
  rows: readonly ComparedMargins[],
  options: BootstrapOptions,
): Estimate {
  return bootstrap(
    byKey(rows),
    (drawn) =>
      pairAccuracy(drawn.map((row) => row.candidate)) - pairAccuracy(drawn.map((row) => row.incumbent)),
    options,
  );
}

/** The same for AUC on single ratings. */
export function aucDifference(rows: readonly ComparedRewards[], options: BootstrapOptions): Estimate {
  return bootstrap(
    byKey(rows),
    (drawn) => {
      const good = drawn.map((row) => row.good);
      const candidate = drawn.map((row) => row.candidate);
      return (
        auc(candidate, good) -
        auc(
          drawn.map((row) => row.incumbent),
          good,
        )
      );
    },
    options,
  );
}

/**
 * Expected calibration error of rewards by answers (`answerCalibrationError`), with the basic bootstrap interval 2θ̂ − θ* (Davison and Hinkley 1997,
 * equation 5.6): resampling adds to this statistic the bias that the sample has, and the basic interval takes it away
 * again. n counts questions.
 */
export function calibrationEstimate(
  rows: readonly { readonly key: string; readonly reward: number; readonly rating: number }[],
  options: BootstrapOptions,
): Estimate {
  const { value, ci, n } = bootstrap(byKey(rows), answerCalibrationError, options);
  const within = (bound: number) => (Number.isFinite(bound) ? Math.min(1, Math.max(0, bound)) : bound);
  // Widened to hold the estimate where the bias is larger than the spread.
  const low = Math.min(value, within(2 * value - ci[1]));
  const high = Math.max(value, within(2 * value - ci[0]));
  return { value, ci: [low, high], n };
}

/** Size of the rank correlation between rewards and lengths, 0–1; an interval across 0 begins at 0. */
export function lengthDependence(rewards: readonly number[], lengths: readonly number[]): Estimate {
  const { value, ci, n } = spearmanInterval(rewards, lengths);
  const [low, high] = ci.map(Math.abs).sort((a, b) => a - b) as [number, number];
  return { value: Math.abs(value), ci: [ci[0] <= 0 && ci[1] >= 0 ? 0 : low, high], n };
}

/**
 * A quantile with the interval between two order statistics, whose ranks are equal-tailed quantiles of the binomial
 * distribution (Conover 1999, "Practical Nonparametric Statistics", section 3.2; David and Nagaraja 2003, section 7.1).
 * Exact whatever the distribution; the upper end is infinite while n is too small for one (below 72 for p = 0.95).
 * @param p 0 < p < 1
 */
export function quantileInterval(values: readonly number[], p: number, confidence = 0.95): Estimate {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const tail = (1 - confidence) / 2;
  const cumulative = binomialCumulative(n, p);
  // The interval [x(l), x(u)] covers the quantile when l ≤ B < u, B being the number of values below it.
  let lower = 0;
  while (lower < n && cumulative[lower]! <= tail) lower++;
  const above = cumulative.findIndex((share) => share >= 1 - tail) + 1;
  const low = lower === 0 ? -Infinity : sorted[lower - 1]!;
  const high = above >= 1 && above <= n ? sorted[above - 1]! : Infinity;
  return { value: quantileOfSorted(sorted, p), ci: [low, high], n };
}

/** P(B ≤ k) for k from 0 to n. */
function binomialCumulative(n: number, p: number): number[] {
  let logCombinations = 0;
  let sum = 0;
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) logCombinations += Math.log((n - k + 1) / k);
    sum += Math.exp(logCombinations + k * Math.log(p) + (n - k) * Math.log1p(-p));
    return sum;
  });
}

function byKey<Row extends { readonly key: string }>(rows: readonly Row[]): Row[][] {
  return [...Map.groupBy(rows, (row) => row.key).values()];
}
