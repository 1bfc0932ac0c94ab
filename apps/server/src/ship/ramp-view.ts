import type { Ramp } from '@attune/contracts';
import type { RampRow } from './ramp-store.ts';

/** A deployment as callers see it; `share` is what the new model gets now. */
export function rampView(row: RampRow): Ramp {
  return {
    id: row.id,
    kind: row.kind,
    model_id: row.model_id,
    previous_model_id: row.previous_model_id,
    state: row.state,
    steps: row.steps,
    guards: row.guards,
    criteria: row.criteria,
    step: row.step,
    share: shareOfNewModel(row),
    reason: row.reason,
    step_started_at: row.step_started_at.toISOString(),
    paused_at: row.paused_at?.toISOString() ?? null,
    held: row.held && row.state === 'ramping',
    evidence: row.evidence,
    history: row.history,
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

/** Share of traffic, 0–1, that a ramp gives its model while it is the newest of its organisation. */
export function shareOfNewModel(ramp: Pick<RampRow, 'state' | 'steps' | 'step'>): number {
  if (ramp.state === 'complete') return 1;
  return ramp.state === 'ramping' ? (ramp.steps[ramp.step]?.share ?? 0) : 0;
}
