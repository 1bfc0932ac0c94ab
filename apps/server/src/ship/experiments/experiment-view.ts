import type { Experiment } from '@attune/contracts';
import type { ExperimentRow } from './experiment-store.ts';

/** An experiment as callers see it. */
export function experimentView(row: ExperimentRow): Experiment {
  return {
    id: row.id,
    name: row.name,
    control_model_id: row.control_model_id,
    treatment_model_id: row.treatment_model_id,
    traffic_split: rounded(row.traffic_split),
    traffic: rounded(row.traffic_to - row.traffic_from),
    unit: row.unit,
    status: row.status,
    start_date: row.start_date?.toISOString() ?? null,
    end_date: row.end_date?.toISOString() ?? null,
    success_metrics: row.success_metrics,
    forced: row.forced,
    expected_reactions: row.expected_reactions,
    results: row.results,
    winner: row.winner,
    reason: row.reason,
    created_at: row.created_at.toISOString(),
  };
}

/** Shares are decimals that differences of floats leave crumbs on. */
function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
