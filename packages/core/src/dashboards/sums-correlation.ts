import { normalQuantile } from '../distributions.ts';
import type { Estimate } from '../interval.ts';
import { momentsOfSums, type RollupSums } from './rollup-sums.ts';

/**
 * Pearson's correlation of two columns of which only sums are left, with the 95 % interval of its Fisher transform
 * (Fisher 1921), whose variance is 1 / (n − 3). Below four values the interval is all of [−1, 1]; NaN where a column is
 * constant.
 * @param products of the sum of x y, over the same rows
 */
export function sumsCorrelation(x: RollupSums, y: RollupSums, products: RollupSums): Estimate {
  const n = products.n;
  const [a, b] = [momentsOfSums(x), momentsOfSums(y)];
  const covariance = (products.total - n * a.mean * b.mean) / (n - 1);
  const scale = Math.sqrt(a.variance * b.variance);
  const value = scale > 0 ? Math.min(1, Math.max(-1, covariance / scale)) : Number.NaN;
  if (n < 4 || Number.isNaN(value)) return { value, ci: [-1, 1], n };
  // A correlation of exactly 1 has no finite transform.
  const centre = Math.atanh(Math.min(Math.max(value, -1 + 1e-12), 1 - 1e-12));
  const half = normalQuantile(0.975) / Math.sqrt(n - 3);
  return { value, ci: [Math.tanh(centre - half), Math.tanh(centre + half)], n };
}
