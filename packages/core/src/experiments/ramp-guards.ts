import type { Estimate } from '../interval.ts';
import { type RampMean, type RampStepSeen, rampMeans } from './ramp-arms.ts';
import { rateRatioSequence } from './rate-ratio-sequence.ts';
import {
  type CombinedArms,
  stratifiedDifference,
  stratifiedRelativeDifference,
} from './stratified-difference.ts';

/** What a ramp watches. */
export type RampMetric = 'rating' | 'thumbs' | 'safety' | 'error_rate' | 'latency' | 'cost';

/**
 * A condition that sends all traffic back: the new model is worse than the incumbent by more than the margin, and surely
 * worse at all.
 */
export interface RampGuard {
  metric: RampMetric;
  /**
   * How much worse: stars of a rating, share of thumbs (0.1 is ten in a hundred) and of errors; relative for latency,
   * cost and people who report harm (0.5 is half as much again).
   */
  margin: number;
  /** Users (sessions, or answers of nobody named) that each arm needs before the guard says anything, 50 at least. */
  minimum_samples: number;
}

/** The guards of a ramp unless said otherwise. */
export const defaultRampGuards: readonly RampGuard[] = [
  { metric: 'rating', margin: 0.3, minimum_samples: 50 },
  { metric: 'safety', margin: 0, minimum_samples: 50 },
  { metric: 'error_rate', margin: 0.01, minimum_samples: 100 },
  { metric: 'latency', margin: 0.5, minimum_samples: 100 },
];

/** `tripped`: worse by more than the margin. `fine`: surely not. Open and unknown guards let the ramp go on. */
export type GuardState = 'tripped' | 'fine' | 'open' | 'not_enough_data';

/** What a guard saw when it was looked at. */
export interface GuardEvidence extends RampGuard {
  state: GuardState;
  /** New model against incumbent, in the margin's unit, with its sign: fewer stars are negative, more errors positive. */
  difference: Estimate;
  /** Chance, over the whole ramp, that the interval holds the truth. */
  confidence: number;
  /** What either arm shows; NaN where nothing. */
  treatment: ArmSeen;
  control: ArmSeen;
}

export interface ArmSeen {
  /** Mean or share; milliseconds (geometric mean); tokens an answer; reporters among users. */
  value: number;
  units: number;
}

/** Chance that any guard of a ramp trips although the models are alike. */
export const RAMP_ALPHA = 0.05;
/**
 * Information at which the intervals are tightest: 278 observations of the new model at a tenth of traffic, or 1,000 in
 * all at half. Fixed, as a sequence asks.
 */
export const RAMP_TIGHTEST_AT = 250;

const lowerIsWorse: ReadonlySet<RampMetric> = new Set(['rating', 'thumbs']);

/**
 * Judges a guard on all steps so far. The incumbent of the same step is the comparison throughout, and intervals are
 * valid however often one looks, so that a look every second is no risk.
 * @param guards how many guards share the ramp's chance of a false alarm
 */
export function guardEvidence(
  guard: RampGuard,
  steps: readonly RampStepSeen[],
  guards: number,
): GuardEvidence {
  const alpha = RAMP_ALPHA / guards;
  const seen = guard.metric === 'safety' ? safetySeen(steps, alpha) : meanSeen(guard.metric, steps, alpha);
  return { ...guard, ...seen, confidence: 1 - alpha, state: stateOf(guard, seen) };
}

type Seen = Pick<GuardEvidence, 'difference' | 'treatment' | 'control'>;

function stateOf({ metric, margin, minimum_samples }: RampGuard, seen: Seen): GuardState {
  // The test of reports is exact, the others need a number of users before their intervals can be believed.
  const enough = metric === 'safety' || Math.min(seen.treatment.units, seen.control.units) >= minimum_samples;
  const [low, high] = seen.difference.ci;
  if (!enough || (low === -Infinity && high === Infinity)) return 'not_enough_data';
  const turned = lowerIsWorse.has(metric);
  const [value, least, most] = turned
    ? [-seen.difference.value, -high, -low]
    : [seen.difference.value, low, high];
  if (value > margin && least > 0) return 'tripped';
  return most <= margin ? 'fine' : 'open';
}

function meanSeen(
  metric: Exclude<RampMetric, 'safety'>,
  steps: readonly RampStepSeen[],
  alpha: number,
): Seen {
  const arms = rampMeans(steps, metric);
  if (arms === null) return nothingSeen;
  const shown = (value: number) => (metric === 'latency' ? Math.exp(value) : value);
  return {
    difference: differenceOf(metric, arms, alpha),
    treatment: { value: shown(arms.treatment.mean), units: arms.units.treatment },
    control: { value: shown(arms.control.mean), units: arms.units.control },
  };
}

/**
 * A metric of the new model against the incumbent's: relative for latency and cost, a difference for the others.
 *
 * Latency is compared by the mean of its logarithm, so by geometric means: sums are enough for it, a database can form
 * them, a few very slow answers do not drown the rest, and its interval is valid at every look. A percentile has no such
 * interval that sums could give. What slows only the slowest answers down moves it little; p95 is for the alerts.
 */
export function differenceOf(metric: RampMean, arms: CombinedArms, alpha: number): Estimate {
  const options = { alpha, tightestAt: RAMP_TIGHTEST_AT };
  if (metric === 'cost') return stratifiedRelativeDifference(arms, options);
  const difference = stratifiedDifference(arms, options);
  if (metric !== 'latency') return difference;
  const { value, ci, n } = difference;
  return { value: Math.expm1(value), ci: [bounded(Math.expm1(ci[0]), -1), Math.expm1(ci[1])], n };
}

/** e to the minus infinity is nothing known, not surely −100 %. */
function bounded(low: number, unknown: number): number {
  return low === unknown ? -Infinity : low;
}

function safetySeen(steps: readonly RampStepSeen[], alpha: number): Seen {
  const compared = steps.filter(({ treatment, control }) => treatment.units > 0 && control.units > 0);
  const ratio = rateRatioSequence(
    compared.map(({ treatment, control }) => ({
      treatment: treatment.reporters,
      control: control.reporters,
      share: treatment.units / (treatment.units + control.units),
    })),
    alpha,
  );
  const arm = (name: 'treatment' | 'control'): ArmSeen => {
    const units = compared.reduce((sum, step) => sum + step[name].units, 0);
    const reporters = compared.reduce((sum, step) => sum + step[name].reporters, 0);
    return { value: reporters / units, units };
  };
  return {
    difference: { value: ratio.value - 1, ci: unlessEmpty(ratio), n: ratio.n },
    treatment: arm('treatment'),
    control: arm('control'),
  };
}

function unlessEmpty({ ci, n }: Estimate): [number, number] {
  return n === 0 ? [-Infinity, Infinity] : [ci[0] - 1, ci[1] - 1];
}

const nothingSeen: Seen = {
  difference: { value: Number.NaN, ci: [-Infinity, Infinity], n: 0 },
  treatment: { value: Number.NaN, units: 0 },
  control: { value: Number.NaN, units: 0 },
};
