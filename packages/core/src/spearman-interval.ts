import { spearman } from './correlation.ts';
import { normalQuantile } from './distributions.ts';
import type { Estimate } from './interval.ts';

/**
 * Spearman's correlation with the 95 % interval of its Fisher transform, whose variance is (1 + ρ²/2) / (n − 3) (Bonett and
 * Wright 2000, "Sample size requirements for estimating Pearson, Kendall and Spearman correlations"). Below four values the
 * interval is all of [−1, 1]; NaN when either column is constant.
 * @throws RangeError on different lengths
 */
export function spearmanInterval(x: readonly number[], y: readonly number[]): Estimate {
  const value = spearman(x, y);
  const n = x.length;
  if (n < 4 || Number.isNaN(value)) return { value, ci: [-1, 1], n };
  // A correlation of exactly 1 has no finite transform.
  const bounded = Math.min(Math.max(value, -1 + 1e-12), 1 - 1e-12);
  const half = normalQuantile(0.975) * Math.sqrt((1 + bounded ** 2 / 2) / (n - 3));
  const centre = Math.atanh(bounded);
  return { value, ci: [Math.tanh(centre - half), Math.tanh(centre + half)], n };
}
