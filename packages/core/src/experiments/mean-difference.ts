import { studentQuantile } from '../distributions.ts';
import type { Estimate } from '../interval.ts';
import type { Moments } from '../moments.ts';

/**
 * Mean of a less that of b with Welch's interval (Welch 1947, degrees of freedom by Satterthwaite). n counts both
 * samples. Unbounded while either has fewer than two values. For one look at fixed samples; for looking again and
 * again see `meanDifferenceSequence`.
 */
export function meanDifference(a: Moments, b: Moments, confidence = 0.95): Estimate {
  const value = a.mean - b.mean;
  const n = a.n + b.n;
  if (a.n < 2 || b.n < 2) return { value, ci: [-Infinity, Infinity], n };
  const [va, vb] = [a.variance / a.n, b.variance / b.n];
  if (va + vb === 0) return { value, ci: [value, value], n };
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const half = studentQuantile((1 + confidence) / 2, df) * Math.sqrt(va + vb);
  return { value, ci: [value - half, value + half], n };
}
