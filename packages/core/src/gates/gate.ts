import type { Estimate } from '../interval.ts';

/** What a model is asked before it gets traffic, in the order in which it is shown. */
export const gateNames = [
  'ordering',
  'incumbent',
  'people',
  'calibration',
  'length',
  'latency',
  'safety',
  'over_optimisation',
  'leak',
] as const;
export type GateName = (typeof gateNames)[number];

/** Why a gate says nothing. */
export type GateReason =
  | 'never_measured'
  | 'other_data'
  | 'no_incumbent'
  | 'other_incumbent'
  | 'training_unknown'
  | 'no_data'
  | 'too_few'
  | 'undecided'
  | 'nobody_asked'
  | 'no_policy'
  | 'not_a_scorer'
  | 'comes_later'
  | 'failed_to_measure';

export type GateVerdict = 'passed' | 'failed' | 'not_measured';

/** What a verdict rests on: a 95 % interval, the independent units behind it, and the limit that it is held against. */
export interface GateEvidence {
  readonly estimate: Estimate;
  readonly limit: number;
  /** ISO 8601. */
  readonly measured_at: string;
}

/** A gate as it stands. `reason` is null exactly when the verdict is not `not_measured`. */
export interface Gate {
  readonly gate: GateName;
  readonly verdict: GateVerdict;
  readonly reason: GateReason | null;
  /** Also where the evidence does not suffice for a verdict; null where there is none. */
  readonly evidence: GateEvidence | null;
}

/** What is known for a gate: a measurement, or why there is none. */
export type GateInput =
  | { readonly estimate: Estimate; readonly measured_at: string }
  | { readonly reason: GateReason };
