import { observationsFor } from './planning.ts';

/** What an experiment on a share (of satisfied reactions) is to find. */
export interface ExperimentPlan {
  /** The control's share, 0–1. */
  readonly baseline: number;
  /** The treatment's share over the control's, less 1: 0.05 is 5 % more. */
  readonly effect: number;
  /** Share of reactions that the treatment gets, 0–1; default 0.5. */
  readonly treatmentShare?: number;
  /** Chance of finding the effect if it is there; default 0.8. */
  readonly power?: number;
}

/** Sizes this close need no better interval. */
const CLOSE = 0.002;
const MOST_ROUNDS = 30;

/**
 * The share of satisfied reactions that a treatment has under a plan.
 * @throws RangeError unless baseline and treatment lie between 0 and 1
 */
export function treatmentRate({ baseline, effect }: ExperimentPlan): number {
  const rate = baseline * (1 + effect);
  if (baseline > 0 && baseline < 1 && rate > 0 && rate < 1) return rate;
  throw new RangeError('the baseline, and the baseline with the effect, lie between 0 and 1');
}

/**
 * Reactions in both arms together that find the effect with the wanted power, looked at throughout; infinite beyond a
 * billion. One reaction a user is assumed. The interval is tightest at that very number, which asks for the fewest: so
 * the same number is what the experiment is to be told to expect.
 * @throws RangeError as `treatmentRate`
 */
export function reactionsFor(plan: ExperimentPlan): number {
  const { baseline, effect, treatmentShare = 0.5, power = 0.8 } = plan;
  const treatment = treatmentRate(plan);
  // The variance that both arms together would need to have for the variance of the difference to be what it is.
  const variance =
    treatment * (1 - treatment) * (1 - treatmentShare) + baseline * (1 - baseline) * treatmentShare;
  let reactions = 2000;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const needed = observationsFor(baseline * effect, variance, {
      tightestAt: reactions,
      treatmentShare,
      power,
    });
    if (needed === Infinity || Math.abs(needed - reactions) <= CLOSE * reactions) return needed;
    reactions = needed;
  }
  return reactions;
}
