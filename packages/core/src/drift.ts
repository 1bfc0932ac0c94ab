import { chiSquareTail } from './distributions.ts';
import { quantileOfSorted } from './quantile.ts';

export interface Drift {
  /** Size of the shift: the index or the distance. */
  value: number;
  /** Chance of one at least as large without any shift, for large samples. */
  p_value: number;
  /** Sizes of the reference and of the sample. */
  n: [number, number];
}

/**
 * Population stability index Σ (a − e) ln(a / e) over the shares of a reference (e) and a sample (a) in bins. Counts of
 * 0 are taken as half an observation. Custom reads 0.1 as small and 0.25 as large, but without a shift it grows with
 * (bins − 1)(1/n + 1/m), hence the p-value: index / (1/n + 1/m) is about chi-square with bins − 1 degrees of freedom
 * (Yurdakul 2018, "Statistical properties of population stability index").
 * @throws RangeError with fewer than two bins, different numbers of bins or an empty side
 */
export function populationStability(reference: readonly number[], sample: readonly number[]): Drift {
  if (reference.length < 2 || reference.length !== sample.length)
    throw new RangeError('the same two bins or more');
  const n: [number, number] = [total(reference), total(sample)];
  if (n[0] === 0 || n[1] === 0) throw new RangeError('nothing to compare');
  let value = 0;
  reference.forEach((count, bin) => {
    const expected = Math.max(count, 0.5) / n[0];
    const actual = Math.max(sample[bin]!, 0.5) / n[1];
    value += (actual - expected) * Math.log(actual / expected);
  });
  return { value, p_value: chiSquareTail(value / (1 / n[0] + 1 / n[1]), reference.length - 1), n };
}

/**
 * Counts of a reference and a sample in the same bins, cut at the reference's quantiles so that each holds about as
 * many of its values. Equal cuts are joined: a reference of few distinct values gets fewer bins.
 * @returns the two rows of counts, as {@link populationStability} takes them
 */
export function countInQuantileBins(
  reference: readonly number[],
  sample: readonly number[],
  bins = 10,
): [number[], number[]] {
  const sorted = Float64Array.from(reference).sort();
  const cuts = Array.from({ length: bins - 1 }, (_, k) => quantileOfSorted(sorted, (k + 1) / bins));
  const edges = [...new Set(cuts)];
  const count = (values: readonly number[]) => {
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (const value of values) counts[edges.filter((edge) => value > edge).length]! += 1;
    return counts;
  };
  return [count(reference), count(sample)];
}

/**
 * Two-sample Kolmogorov–Smirnov distance: the largest gap between the two empirical distribution functions (Smirnov
 * 1939), with the p-value of its limiting distribution, good from about 25 values each and cautious with ties.
 * @throws RangeError when a side is empty
 */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): Drift {
  if (a.length === 0 || b.length === 0) throw new RangeError('nothing to compare');
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  let [i, j, value] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const point = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= point) i++;
    while (j < y.length && y[j]! <= point) j++;
    value = Math.max(value, Math.abs(i / x.length - j / y.length));
  }
  return kolmogorovDrift(value, [x.length, y.length]);
}

/**
 * The same of values of which only counts in common bins are left, in ascending order: the gap is looked at between
 * bins, so that the distance is at most that of the values, and the p-value cautious.
 * @throws RangeError with different numbers of bins or an empty side
 */
export function kolmogorovSmirnovOfCounts(a: readonly number[], b: readonly number[]): Drift {
  const n: [number, number] = [total(a), total(b)];
  if (a.length !== b.length) throw new RangeError('the same bins');
  if (n[0] === 0 || n[1] === 0) throw new RangeError('nothing to compare');
  let [below, others, value] = [0, 0, 0];
  a.forEach((count, bin) => {
    below += count;
    others += b[bin]!;
    value = Math.max(value, Math.abs(below / n[0] - others / n[1]));
  });
  return kolmogorovDrift(value, n);
}

function kolmogorovDrift(value: number, n: [number, number]): Drift {
  const scale = Math.sqrt((n[0] * n[1]) / (n[0] + n[1]));
  return { value, p_value: kolmogorovTail(scale * value), n };
}

/** P(K > z) of Kolmogorov's distribution: 2 Σ (−1)^(k−1) exp(−2k²z²), or its theta transform where that converges badly. */
function kolmogorovTail(z: number): number {
  if (z < 0.04) return 1;
  let sum = 0;
  if (z < 1) {
    for (let k = 1; k <= 20; k++) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * z * z));
    return 1 - (Math.sqrt(2 * Math.PI) / z) * sum;
  }
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * z * z);
  return 2 * sum;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
