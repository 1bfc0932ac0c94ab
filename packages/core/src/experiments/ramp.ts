import type { Criterion } from './criteria.ts';
import type { RampStepSeen } from './ramp-arms.ts';
import { type CriterionEvidence, rampCriterion } from './ramp-criteria.ts';
import { type GuardEvidence, guardEvidence, type RampGuard } from './ramp-guards.ts';
import { SAMPLE_RATIO_ALPHA } from './recommendation.ts';
import { sampleRatioEvidence, sampleRatioPValue } from './sample-ratio.ts';

/** One step of a ramp: how much traffic, how long at least, on how many answers at least. */
export interface RampPlanStep {
  share: number;
  hold_seconds: number;
  minimum_samples: number;
  /** Guards of this step in place of the ramp's. */
  guards?: readonly RampGuard[] | undefined;
}

export interface RampPlan {
  steps: readonly RampPlanStep[];
  guards: readonly RampGuard[];
  /** What a success is; decides nothing. */
  criteria: readonly Criterion[];
}

export interface RampObservations {
  /** Seconds since the step began, without those in which the ramp was paused. */
  seconds_in_step: number;
  paused: boolean;
  /** Each step so far, the present one last. */
  steps: readonly RampStepSeen[];
  /** The least p-value of the sample ratio that an earlier look gave; 1 at first. */
  sample_ratio_so_far: number;
}

/** What one look at a ramp saw. */
export interface RampEvidence {
  guards: GuardEvidence[];
  criteria: CriterionEvidence[];
  /** Whether people came to the arms in the proportion planned; valid at any time. */
  sample_ratio_p_value: number;
  /** People with an answer, over all steps. */
  users: { treatment: number; control: number };
  /** Answers of the new model since the step began. */
  samples_in_step: number;
}

export type RampWait = 'paused' | 'sample_ratio' | 'answers' | 'time';

export type RampDecision =
  | { action: 'hold'; wait: RampWait; reason: string }
  | { action: 'advance' | 'complete'; reason: string }
  | { action: 'roll_back'; reason: string; guard: GuardEvidence };

/**
 * Looks at a ramp.
 * @param step index of the present step
 * @throws RangeError when the plan has no such step
 */
export function lookAtRamp(plan: RampPlan, step: number, seen: RampObservations): RampEvidence {
  const present = stepOf(plan, step);
  const total = (arm: 'treatment' | 'control') => seen.steps.reduce((sum, one) => sum + one[arm].units, 0);
  return {
    guards: (present.guards ?? plan.guards).map((guard) =>
      guardEvidence(guard, seen.steps, guardedMetrics(plan)),
    ),
    criteria: plan.criteria.map((criterion) => rampCriterion(criterion, seen.steps)),
    sample_ratio_p_value: Math.min(seen.sample_ratio_so_far, sampleRatio(seen.steps)),
    users: { treatment: total('treatment'), control: total('control') },
    samples_in_step: seen.steps.at(-1)?.treatment.answers ?? 0,
  };
}

/**
 * What a ramp does next: nothing by itself while people do not come to the arms as planned; back when a guard trips;
 * on to the next step when the present one has held long enough on enough answers and nobody paused it; complete after
 * the last.
 * @throws RangeError when the plan has no such step
 */
export function decideRamp(
  plan: RampPlan,
  step: number,
  seen: RampObservations,
  { guards, sample_ratio_p_value: p, samples_in_step }: RampEvidence,
): RampDecision {
  const present = stepOf(plan, step);
  if (p < SAMPLE_RATIO_ALPHA) {
    const reason = `users do not come to the arms as planned (p = ${p.toPrecision(2)})`;
    return { action: 'hold', wait: 'sample_ratio', reason };
  }
  const tripped = guards.find(({ state }) => state === 'tripped');
  if (tripped !== undefined) return { action: 'roll_back', reason: guardReason(tripped), guard: tripped };
  if (seen.paused) return { action: 'hold', wait: 'paused', reason: 'paused by hand' };
  if (samples_in_step < present.minimum_samples) {
    const reason = `${samples_in_step} of ${present.minimum_samples} answers`;
    return { action: 'hold', wait: 'answers', reason };
  }
  const left = present.hold_seconds - seen.seconds_in_step;
  if (left > 0) return { action: 'hold', wait: 'time', reason: `${Math.ceil(left)} s left of this step` };
  const reason = `held ${Math.floor(seen.seconds_in_step)} s on ${samples_in_step} answers`;
  return { action: step === plan.steps.length - 1 ? 'complete' : 'advance', reason };
}

function stepOf(plan: RampPlan, step: number): RampPlanStep {
  const present = plan.steps[step];
  if (present === undefined) throw new RangeError(`step ${step} of ${plan.steps.length}`);
  return present;
}

/** How many metrics any step guards: they share the ramp's chance of a false alarm, whichever step it is on. */
function guardedMetrics({ steps, guards }: RampPlan): number {
  const all = steps.flatMap((step) => step.guards ?? guards);
  return Math.max(1, new Set(all.map(({ metric }) => metric)).size);
}

function sampleRatio(steps: readonly RampStepSeen[]): number {
  const shared = steps.filter(({ share }) => share > 0 && share < 1);
  const periods = shared.map(({ share, treatment, control }) => ({
    counts: [treatment.units, control.units],
    weights: [share, 1 - share],
  }));
  return sampleRatioPValue(sampleRatioEvidence(periods));
}

/** Why a guard tripped, in words for the audit log. */
function guardReason({ metric, treatment, control, difference, confidence }: GuardEvidence): string {
  const { value, ci } = difference;
  const said = metric === 'rating' ? star : metric === 'thumbs' || metric === 'error_rate' ? points : percent;
  const level = (100 * confidence).toFixed(1);
  return `${metric} ${armWords(metric, treatment.value)} against ${armWords(metric, control.value)}: ${said(value)} (${level} % interval ${said(ci[0])} to ${said(ci[1])}, ${treatment.units} and ${control.units} users)`;
}

function armWords(metric: GuardEvidence['metric'], value: number): string {
  if (metric === 'latency') return `${Math.round(value)} ms`;
  if (metric === 'cost') return `${Math.round(value)} tokens`;
  return metric === 'rating' ? value.toFixed(2) : `${(100 * value).toFixed(1)} %`;
}

function signed(value: number, digits: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;
}

function star(value: number): string {
  return signed(value, 2);
}

function points(value: number): string {
  return `${signed(100 * value, 1)} points`;
}

function percent(value: number): string {
  return value === Infinity ? 'without bound' : `${signed(100 * value, 0)} %`;
}
