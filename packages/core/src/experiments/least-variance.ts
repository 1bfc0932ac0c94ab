import type { ArmMoments } from './unit-sums.ts';

/** Between which values every observation of a metric lies. */
export type Range = readonly [lowest: number, highest: number];

/**
 * The moments of a bounded metric, with the variance that they had if one more unit had given the lowest and another
 * the highest value. For shares it is Agresti and Caffo's adjustment ("Simple and effective confidence intervals for
 * proportions and differences of proportions", The American Statistician 2000), which keeps intervals honest where
 * hardly anything has varied yet, or nothing. The mean stays what was seen.
 */
export function withLeastVariance(arm: ArmMoments, [lowest, highest]: Range): ArmMoments {
  const { units, n, mean, variance } = arm;
  if (units < 2) return arm;
  const added = (n / units) * ((mean - lowest) ** 2 + (mean - highest) ** 2);
  return { ...arm, variance: (units * variance + added) / (units + 2) };
}
