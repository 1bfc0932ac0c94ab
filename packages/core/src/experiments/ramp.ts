import type { Moments } from '../moments.ts';

import { meanDifferenceSequence } from './confidence-sequence.ts';
import { shareSequence } from './share-sequence.ts';

/** One step of a ramp: how much traffic, how long at least, on how many answers at least. */
export interface RampPlanStep {
  share: number;
  hold_seconds: number;
  minimum_samples: number;
}

/** A condition that sends all traffic back; it says nothing below its minimum of samples. */
export type RampGuard =
  | { metric: 'rating'; max_drop: number; minimum_samples: number }
  | { metric: 'error_rate'; max_rate: number; minimum_samples: number }
  | { metric: 'p95_latency'; max_ms?: number; max_ratio?: number; minimum_samples: number };

export interface RampPlan {
  steps: readonly RampPlanStep[];
  guards: readonly RampGuard[];
}

/** The guards of a ramp unless said otherwise: ratings 0.3 stars down, errors above 1 %, p95 above 2 s or 1.5 times the other's. */
export const defaultRampGuards: readonly RampGuard[] = [
  { metric: 'rating', max_drop: 0.3, minimum_samples: 50 },
  { metric: 'error_rate', max_rate: 0.01, minimum_samples: 100 },
  { metric: 'p95_latency', max_ms: 2000, max_ratio: 1.5, minimum_samples: 100 },
];

/** What was seen of one model during the ramp. */
export interface ArmObservations {
  requests: number;
  errors: number;
  /** 95th percentile of the requests' times in milliseconds; null when unknown. */
  p95_latency_ms: number | null;
  /** Of people's ratings, 1–5. */
  ratings: Moments;
}

export interface RampObservations {
  /** Seconds since the step began. */
  seconds_in_step: number;
  /** Answers of the new model since the step began. */
  samples_in_step: number;
  treatment: ArmObservations;
  /** The incumbent at the same time; null when there is none to compare with. */
  control: ArmObservations | null;
}

export interface RampDecision {
  action: 'hold' | 'advance' | 'complete' | 'roll_back';
  /** Index of the step and share of traffic that follow from the decision. */
  step: number;
  share: number;
  /** In words, for the audit log. */
  reason: string;
}

/**
 * What a ramp does next: back to a share of 0 when a guard trips, on to the next step when the present one has held
 * long enough on enough answers, complete after the last.
 * @param step index of the present step
 * @throws RangeError when the plan has no such step
 */
export function decideRamp(plan: RampPlan, step: number, seen: RampObservations): RampDecision {
  const present = plan.steps[step];
  if (present === undefined) throw new RangeError(`step ${step} of ${plan.steps.length}`);
  const tripped = plan.guards.map((guard) => violation(guard, seen)).find((reason) => reason !== null);
  if (tripped) return { action: 'roll_back', step, share: 0, reason: tripped };
  const waiting = whyWait(present, seen);
  if (waiting !== null) return { action: 'hold', step, share: present.share, reason: waiting };
  const reason = `held ${Math.floor(seen.seconds_in_step)} s on ${seen.samples_in_step} answers`;
  const next = plan.steps[step + 1];
  if (next === undefined) return { action: 'complete', step, share: present.share, reason };
  return { action: 'advance', step: step + 1, share: next.share, reason };
}

function whyWait(step: RampPlanStep, seen: RampObservations): string | null {
  if (seen.samples_in_step < step.minimum_samples) {
    return `${seen.samples_in_step} of ${step.minimum_samples} answers`;
  }
  const left = step.hold_seconds - seen.seconds_in_step;
  return left > 0 ? `${Math.ceil(left)} s left of this step` : null;
}

function violation(guard: RampGuard, { treatment, control }: RampObservations): string | null {
  switch (guard.metric) {
    case 'rating':
      return control === null ? null : ratingDrop(guard, treatment.ratings, control.ratings);
    case 'error_rate':
      return tooManyErrors(guard, treatment, control);
    case 'p95_latency':
      return tooSlow(guard, treatment, control);
  }
}

type Guard<Metric> = Extract<RampGuard, { metric: Metric }>;

/** Trips on a drop above the limit that is no accident, by an interval that allows looking every second. */
function ratingDrop(guard: Guard<'rating'>, treatment: Moments, control: Moments): string | null {
  if (Math.min(treatment.n, control.n) < guard.minimum_samples) return null;
  const difference = meanDifferenceSequence(treatment, control, { tightestAt: 4 * guard.minimum_samples });
  if (-difference.value <= guard.max_drop || difference.ci[1] >= 0) return null;
  return `rating ${treatment.mean.toFixed(2)} against ${control.mean.toFixed(2)}, n = ${treatment.n} and ${control.n}`;
}

/**
 * Trips on a rate surely above the limit, by an interval that allows looking every second, unless the incumbent fails as
 * often: then going back would not help.
 */
function tooManyErrors(
  guard: Guard<'error_rate'>,
  { errors, requests }: ArmObservations,
  control: ArmObservations | null,
): string | null {
  if (requests < guard.minimum_samples || requests === 0) return null;
  const rate = shareSequence(errors, requests);
  const other = control === null || control.requests === 0 ? 0 : control.errors / control.requests;
  if (rate.ci[0] <= guard.max_rate || rate.value <= other) return null;
  return `${errors} errors in ${requests} requests, limit ${guard.max_rate}`;
}

function tooSlow(
  guard: Guard<'p95_latency'>,
  treatment: ArmObservations,
  control: ArmObservations | null,
): string | null {
  const p95 = treatment.p95_latency_ms;
  if (p95 === null || treatment.requests < guard.minimum_samples) return null;
  const other = control === null || control.requests < guard.minimum_samples ? null : control.p95_latency_ms;
  const absolute = guard.max_ms !== undefined && p95 > guard.max_ms && !(other !== null && other >= p95);
  const relative = guard.max_ratio !== undefined && other !== null && p95 > guard.max_ratio * other;
  if (!absolute && !relative) return null;
  return `p95 ${Math.round(p95)} ms against ${other === null ? 'none' : `${Math.round(other)} ms`}, n = ${treatment.requests}`;
}
