import type { FinalEvaluation, GateSettings } from '@attune/contracts';
import type { Estimate, GateInput, GateName, GateReason } from '@attune/core';
import { orderingOf } from '../doubts.ts';
import type { ModelRow } from '../registry-store.ts';
import type { CompleteMeasurement } from './measurement-store.ts';

/** All that is known of a model before it gets traffic. */
export interface Known {
  readonly model: ModelRow;
  readonly settings: GateSettings;
  /** The newest complete measurement. */
  readonly measured: CompleteMeasurement | null;
  /** Whether a newer one failed. */
  readonly hasFailed: boolean;
  /** The model that takes the traffic; null where none does, or it is this one. */
  readonly incumbent: string | null;
  readonly judged: Pick<FinalEvaluation, 'against_model_id' | 'win_rate' | 'created_at'> | null;
}

type Shown = {
  readonly value: number | null;
  readonly ci: readonly [number | null, number | null];
  readonly n: number;
};

/** What is known for each gate, or why nothing is. */
export function gateInputs(known: Known): Record<GateName, GateInput> {
  return {
    ordering: ordering(known),
    incumbent: incumbent(known),
    people: people(known),
    calibration: onData(known, (findings) => findings.calibration),
    length: onData(known, (findings) => findings.length),
    latency: onModel(known, (findings) => findings.latency),
    safety: onModel(known, (findings) => findings.safety),
    over_optimisation: overOptimisation(known),
    leak: { reason: 'comes_later' },
  };
}

/** By the newest measurement; else by what training measured on rows that it held out. */
function ordering(known: Known): GateInput {
  const measured = onData(known, (findings) => findings.ordering);
  if (!('reason' in measured)) return measured;
  const trained = orderingOf(known.model);
  if (trained === null) return measured;
  return { estimate: trained, measured_at: known.model.created_at.toISOString() };
}

function incumbent(known: Known): GateInput {
  const { measured } = known;
  if (known.model.kind !== 'reward') return { reason: 'not_a_scorer' };
  if (known.incumbent === null) return { reason: 'no_incumbent' };
  const other = measured?.result.incumbent;
  if (measured !== null && other?.model_id !== known.incumbent) return { reason: 'other_incumbent' };
  return onData(known, () => other?.difference ?? null, other?.reason ?? null);
}

function people({ judged, incumbent: current }: Known): GateInput {
  if (judged?.win_rate == null) return { reason: 'nobody_asked' };
  if (current !== null && judged.against_model_id !== current) return { reason: 'other_incumbent' };
  return { estimate: estimateOf(judged.win_rate), measured_at: judged.created_at };
}

function overOptimisation(known: Known): GateInput {
  // A reward model is not optimised against a reward; what is trained against it may be.
  if (known.model.kind !== 'policy') return { reason: 'no_policy' };
  return onModel(known, (findings) => findings.alarms);
}

/** Of rows: only those of the evaluation set that is set now. */
function onData(
  known: Known,
  take: (findings: CompleteMeasurement['result']) => Shown | null,
  reason: GateReason | null = null,
): GateInput {
  const { measured, settings } = known;
  if (measured !== null) {
    if (measured.dataset_id !== settings.evaluation_dataset) return { reason: 'other_data' };
    const why = reason ?? measured.result.reason;
    if (why !== null) return { reason: why };
  }
  return onModel(known, take);
}

function onModel(
  { measured, hasFailed }: Known,
  take: (findings: CompleteMeasurement['result']) => Shown | null,
): GateInput {
  if (measured === null) return { reason: hasFailed ? 'failed_to_measure' : 'never_measured' };
  const found = take(measured.result);
  if (found === null) return { reason: measured.result.reason ?? 'no_data' };
  return { estimate: estimateOf(found), measured_at: measured.ended_at.toISOString() };
}

/** Infinite bounds are null in JSON. */
function estimateOf({ value, ci: [low, high], n }: Shown): Estimate {
  return { value: value ?? Number.NaN, ci: [low ?? -Infinity, high ?? Infinity], n };
}
