import { type Job, RewardHyperparameters } from '@attune/contracts';
import type { JobRow } from './job-store.ts';

/** A job's row as callers see it. */
export function jobView(row: JobRow): Job {
  return {
    id: row.id,
    dataset_id: row.dataset_id,
    provider: row.provider,
    base_model: row.base_model,
    status: row.status,
    // Jobs of earlier releases lack the settings that came later.
    hyperparameters: RewardHyperparameters.parse(row.hyperparameters),
    training_metrics: row.training_metrics,
    resulting_model_id: row.resulting_model_id,
    progress: row.progress,
    cost_estimate: row.cost_estimate,
    actual_cost: row.actual_cost,
    started_at: row.started_at?.toISOString() ?? null,
    completed_at: row.completed_at?.toISOString() ?? null,
    error_message: row.error_message,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
  };
}
