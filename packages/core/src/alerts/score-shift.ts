import { normalQuantile } from '../distributions.ts';
import { countInQuantileBins, populationStability } from '../drift.ts';
import type { Estimate } from '../interval.ts';

const BINS = 10;

/**
 * How far a sample of scores has moved from a reference, over ten bins of the reference: see {@link shiftOfCounts}.
 */
export function scoreShift(
  reference: readonly number[],
  sample: readonly number[],
  confidence = 0.95,
): Estimate {
  if (sample.length === 0 || reference.length === 0) return unknownShift(sample.length);
  return shiftOfCounts(...countInQuantileBins(reference, sample, BINS), confidence);
}

/**
 * How far counts in bins have moved from those of a reference: the population stability index, less what it amounts to
 * by chance without any shift, (bins − 1)(1/n + 1/m) (Yurdakul 2018). The interval is by the delta method for two
 * multinomials, with the chance part's own variance, 2 (bins − 1)(1/n + 1/m)², on top. n counts the sample; the value is
 * NaN with one bin or an empty side.
 */
export function shiftOfCounts(
  before: readonly number[],
  now: readonly number[],
  confidence = 0.95,
): Estimate {
  const [m, n] = [total(before), total(now)];
  if (before.length < 2 || m === 0 || n === 0) return unknownShift(n);
  const chance = (before.length - 1) * (1 / m + 1 / n);
  const value = populationStability(before, now).value - chance;
  const variance = shiftVariance(before, now) + (2 * chance ** 2) / (before.length - 1);
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
  return { value, ci: [value - half, value + half], n };
}

function unknownShift(n: number): Estimate {
  return { value: Number.NaN, ci: [-Infinity, Infinity], n };
}

/** Var[Σ (a − e) ln(a / e)] to first order: that of the two gradients' values under the shares a and e. */
function shiftVariance(before: readonly number[], now: readonly number[]): number {
  const [n, m] = [total(before), total(now)];
  const shares = before.map(
    (count, bin) => [Math.max(count, 0.5) / n, Math.max(now[bin]!, 0.5) / m] as const,
  );
  const sample = spread(
    shares.map(([, a]) => a),
    shares.map(([e, a]) => Math.log(a / e) + 1 - e / a),
  );
  const reference = spread(
    shares.map(([e]) => e),
    shares.map(([e, a]) => -Math.log(a / e) + 1 - a / e),
  );
  return sample / m + reference / n;
}

function spread(weights: readonly number[], values: readonly number[]): number {
  const mean = weights.reduce((sum, weight, k) => sum + weight * values[k]!, 0);
  return weights.reduce((sum, weight, k) => sum + weight * (values[k]! - mean) ** 2, 0);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
