import { normalQuantile } from '../distributions.ts';
import type { Estimate } from '../interval.ts';

/**
 * The area under the ROC curve of scores of which only histograms are left, of the positive and of the negative ones:
 * the chance that a positive one scores higher, where two of one bucket count half. The 95 % interval is that of DeLong,
 * DeLong and Clarke-Pearson 1988, whose structural components are alike within a bucket. n counts both.
 */
export function histogramArea(positives: readonly number[], negatives: readonly number[]): Estimate {
  const [m, k] = [total(positives), total(negatives)];
  const n = m + k;
  if (m < 2 || k < 2) return { value: Number.NaN, ci: [-Infinity, Infinity], n };
  const above = shares(positives, negatives);
  const below = shares(negatives, positives);
  const value = mean(positives, above);
  const variance = spread(positives, above) / m + spread(negatives, below) / k;
  const half = normalQuantile(0.975) * Math.sqrt(variance);
  return { value, ci: [Math.max(0, value - half), Math.min(1, value + half)], n };
}

/** For each bucket the share of the others below it, its own counting half. */
function shares(own: readonly number[], others: readonly number[]): number[] {
  const all = total(others);
  let below = 0;
  return own.map((_, place) => {
    const here = others[place] ?? 0;
    const share = (below + here / 2) / all;
    below += here;
    return share;
  });
}

function mean(counts: readonly number[], values: readonly number[]): number {
  return counts.reduce((sum, count, place) => sum + count * (values[place] ?? 0), 0) / total(counts);
}

/** Unbiased variance of the values, each as often as its count says. */
function spread(counts: readonly number[], values: readonly number[]): number {
  const centre = mean(counts, values);
  const sum = counts.reduce((all, count, place) => all + count * ((values[place] ?? 0) - centre) ** 2, 0);
  return sum / (total(counts) - 1);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
