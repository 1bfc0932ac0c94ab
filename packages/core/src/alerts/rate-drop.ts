import { studentQuantile } from '../distributions.ts';
import { armMoments, sumUnits, type Unit } from '../experiments/unit-sums.ts';
import type { Estimate } from '../interval.ts';

/** A drop of a rate, and the rates it is made of. */
export interface RateDrop {
  /** 1 − recent / before: 0.2 where the rate lost a fifth. n counts the trials of the recent days. */
  readonly drop: Estimate;
  readonly recent: number;
  readonly before: number;
}

/**
 * How much a rate has dropped against the days before, with days as the independent units, because the answers of one day
 * have people, topics and outages in common. The interval is that of the logarithm of the ratio, by the delta method,
 * with Student's t on Satterthwaite's degrees of freedom of the two day-to-day variances (Welch 1947).
 * Unbounded while either side has fewer than two days or nothing happened.
 * @param recent days with their trials (`count`) and hits (`total`)
 */
export function rateDrop(recent: readonly Unit[], before: readonly Unit[], confidence = 0.95): RateDrop {
  const [now, then] = [armMoments(sumUnits(recent)), armMoments(sumUnits(before))];
  const value = 1 - now.mean / then.mean;
  const drop = { value, ci: [-Infinity, 1] as [number, number], n: now.n };
  const rates = { recent: now.mean, before: then.mean };
  if (!(now.units >= 2 && then.units >= 2 && now.mean > 0 && then.mean > 0)) return { drop, ...rates };
  const a = now.variance / now.n / now.mean ** 2;
  const b = then.variance / then.n / then.mean ** 2;
  if (a + b === 0) return { drop: { ...drop, ci: [value, value] }, ...rates };
  const df = (a + b) ** 2 / (a ** 2 / (now.units - 1) + b ** 2 / (then.units - 1));
  const half = studentQuantile((1 + confidence) / 2, df) * Math.sqrt(a + b);
  const ratio = now.mean / then.mean;
  return { drop: { ...drop, ci: [1 - ratio * Math.exp(half), 1 - ratio * Math.exp(-half)] }, ...rates };
}
