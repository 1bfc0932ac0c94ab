import { meanDifference } from '../experiments/mean-difference.ts';
import type { Estimate } from '../interval.ts';
import { momentsOf } from '../moments.ts';
import { type AlertChange, type AlertState, decideByThreshold, type Threshold } from './threshold.ts';

/** A delivered answer's reward and the stars that people gave it. */
export interface RatedReward {
  readonly reward: number;
  readonly rating: number;
}

export interface OverOptimisation {
  readonly change: AlertChange;
  /** By how much more rewards rose than ratings of the same answers, in standard deviations of each before. */
  readonly gap: Estimate;
  /** Both in standard deviations of the answers before. */
  readonly rewardRise: Estimate;
  readonly ratingRise: Estimate;
}

/**
 * The alarm on over-optimisation: the reward model's scores of rated answers rise while people's ratings of the same
 * answers do not (Gao, Schulman and Hilton 2023, "Scaling laws for reward model overoptimization": proxy and gold part).
 * Both are put on one scale by the mean and standard deviation of the answers before. It fires when the gap is surely
 * above the threshold, the rewards surely rose, and the ratings did not surely rise; it ends with the gap.
 */
export function decideOverOptimisation(
  rule: Omit<Threshold, 'direction'>,
  state: AlertState,
  recent: readonly RatedReward[],
  before: readonly RatedReward[],
  confidence = 0.95,
): OverOptimisation {
  const scale = (of: (row: RatedReward) => number) => {
    const { mean, variance } = momentsOf(before.map(of));
    return (row: RatedReward) => (of(row) - mean) / Math.sqrt(variance);
  };
  const [reward, rating] = [scale((row) => row.reward), scale((row) => row.rating)];
  const rise = (of: (row: RatedReward) => number): Estimate => ({
    ...meanDifference(momentsOf(recent.map(of)), momentsOf(before.map(of)), confidence),
    n: recent.length,
  });
  const [rewardRise, ratingRise] = [rise(reward), rise(rating)];
  const gap = rise((row) => reward(row) - rating(row));
  const seen = { ...gap, interval: () => gap.ci };
  const change = decideByThreshold({ ...rule, direction: 'above' }, state, seen);
  const real = rewardRise.ci[0] > 0 && ratingRise.ci[0] <= 0;
  return { change: change === 'firing' && !real ? 'unchanged' : change, gap, rewardRise, ratingRise };
}
