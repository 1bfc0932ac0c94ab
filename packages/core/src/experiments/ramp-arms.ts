import { withLeastVariance } from './least-variance.ts';
import { type CombinedArms, combineStrata } from './stratified-difference.ts';
import { armMoments, type UnitSums } from './unit-sums.ts';

/** What an arm's people met and said during one step; a unit is a user, else a session, else a single answer. */
export interface RampArm {
  /** Units with an answer, and answers. */
  units: number;
  answers: number;
  /** Of delivered answers: the logarithm of their milliseconds, and the tokens that all their candidates took. */
  latency: UnitSums;
  cost: UnitSums;
  /** Failed among asked. */
  error_rate: UnitSums;
  /** Stars 1–5; thumbs up among thumbs; positive ones among stars and thumbs. */
  rating: UnitSums;
  thumbs: UnitSums;
  satisfaction: UnitSums;
  /** Units that reported an answer as harmful. */
  reporters: number;
}

/** One step of a ramp, as far as it has come. */
export interface RampStepSeen {
  /** The new model's share of traffic. */
  share: number;
  treatment: RampArm;
  control: RampArm;
}

/** Metrics that are means over observations. */
export type RampMean = 'rating' | 'thumbs' | 'satisfaction' | 'error_rate' | 'latency' | 'cost';

/** Where a metric is bounded; the others have no floor for their variance. */
const ranges: Partial<Record<RampMean, readonly [number, number]>> = {
  rating: [1, 5],
  thumbs: [0, 1],
  satisfaction: [0, 1],
  error_rate: [0, 1],
};

/** Both arms' means of a metric over all steps; null where no step compares anything. */
export function rampMeans(steps: readonly RampStepSeen[], metric: RampMean): CombinedArms | null {
  const moments = (arm: RampArm) => {
    const seen = armMoments(arm[metric]);
    const range = ranges[metric];
    return range === undefined ? seen : withLeastVariance(seen, range);
  };
  return combineStrata(
    steps.map(({ treatment, control }) => ({ treatment: moments(treatment), control: moments(control) })),
  );
}
