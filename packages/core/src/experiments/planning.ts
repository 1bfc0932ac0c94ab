import { normalQuantile } from '../distributions.ts';
import { type SequenceOptions, sequenceHalfWidth } from './confidence-sequence.ts';

export interface Plan extends SequenceOptions {
  /** Chance of finding the effect if it is there; default 0.8. */
  power?: number;
  /** Share of observations that the treatment gets, 0–1; default 0.5. */
  treatmentShare?: number;
}

const MOST = 1e9;

/**
 * The smallest difference of means that n observations in all, looked at throughout, find with the wanted power.
 * @param variance of one observation, by `armMoments` where users give many
 */
export function minimumDetectableEffect(n: number, variance: number, plan: Plan = {}): number {
  const { power = 0.8, treatmentShare = 0.5 } = plan;
  if (n < 2) return Infinity;
  const spread = Math.sqrt(variance / (treatmentShare * (1 - treatmentShare)));
  return spread * (sequenceHalfWidth(n, plan) + normalQuantile(power) / Math.sqrt(n));
}

/**
 * The fewest observations in all that find a difference of `effect` with the wanted power. Infinite beyond a billion.
 * @param effect its size, whatever its sign, above 0
 */
export function observationsFor(effect: number, variance: number, plan: Plan = {}): number {
  const size = Math.abs(effect);
  const finds = (n: number) => minimumDetectableEffect(n, variance, plan) <= size;
  if (!(size > 0) || !finds(MOST)) return Infinity;
  let [low, high] = [1, MOST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (finds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
