import { logGamma } from '../special-functions.ts';

/** Units that were exposed to each arm while the weights stood as given. */
export interface ArmCounts {
  counts: readonly number[];
  /** What they were to be in proportion to; need not sum to 1. */
  weights: readonly number[];
}

/** How closely alternatives lie around the weights: the prior is worth so many units. */
const CONCENTRATION = 1000;

/**
 * Log of the evidence that units do not arrive in proportion to the weights, from a Dirichlet mixture around them
 * (Lindon and Malek 2020, "Sequential testing of multinomial hypotheses", equation 3). It may be looked at after every
 * unit: the chance that it ever exceeds log(1 / alpha) without cause is at most alpha. Periods between changes of the
 * weights add up.
 * @throws RangeError when a period's weights and counts do not match or a weight is not above 0
 */
export function sampleRatioEvidence(periods: readonly ArmCounts[]): number {
  return periods.reduce((sum, period) => sum + evidenceOf(period), 0);
}

/** The p-value that this evidence stands for: valid at any time, also for the largest evidence so far. */
export function sampleRatioPValue(evidence: number): number {
  return Math.min(1, Math.exp(-evidence));
}

function evidenceOf({ counts, weights }: ArmCounts): number {
  if (counts.length !== weights.length || weights.some((weight) => !(weight > 0))) {
    throw new RangeError('each arm has a count and a weight above 0');
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const n = counts.reduce((total, count) => total + count, 0);
  let evidence = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + n);
  weights.forEach((weight, arm) => {
    const [share, count] = [weight / sum, counts[arm]!];
    const prior = CONCENTRATION * share;
    evidence += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  });
  return evidence;
}
