import { normalQuantile } from '../distributions.ts';

/**
 * Comparisons that find a share of wins of ½ + `effect` with the given power, two-sided at `alpha`: the sample size of
 * a test of one proportion (Fleiss, Levin and Paik 2003, "Statistical Methods for Rates and Proportions", equation 2.11
 * without continuity correction). Ties make it smaller, never larger.
 * @param effect above 0, at most ½
 */
export function comparisonsNeeded(effect: number, power: number, alpha = 0.05): number {
  if (!(effect > 0 && effect <= 0.5))
    throw new RangeError(`an effect lies above 0 and at most at 0.5, got ${effect}`);
  const share = 0.5 + effect;
  const spread = normalQuantile(1 - alpha / 2) * 0.5 + normalQuantile(power) * Math.sqrt(share * (1 - share));
  return Math.ceil((spread / effect) ** 2);
}
