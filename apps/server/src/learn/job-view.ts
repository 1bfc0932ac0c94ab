import { type Job, RewardHyperparameters } from '@attune/contracts';
import type { JobRow } from './job-store.ts';

/** A job's row as callers see it. */
export function jobView(row: JobRow): Job {
  return {
    id: row.id,
    dataset_id: row.dataset_id,
    provider: row.provider,
    runner: row.runner,
    recipe: row.recipe,
    base_model: row.base_model,
    revision: row.revision,
    model_name: row.model_name,
    status: row.status,
    // Linear jobs of earlier releases lack the settings that came later.
    hyperparameters:
      row.provider === 'local' ? RewardHyperparameters.parse(row.hyperparameters) : row.hyperparameters,
    training_metrics: row.training_metrics,
    resulting_model_id: row.resulting_model_id,
    progress: row.progress,
    stage: row.stage,
    seconds_left: row.seconds_left,
    latest_metrics: row.latest_metrics,
    latest_step: row.latest_step,
    checkpoint_step: row.checkpoint_step,
    resources: row.resources,
    max_hours: row.max_hours,
    cost_estimate: row.cost_estimate,
    actual_cost: row.actual_cost,
    started_at: row.started_at?.toISOString() ?? null,
    completed_at: row.completed_at?.toISOString() ?? null,
    failure_code: row.failure_code,
    error_message: row.error_message,
    judge_samples: row.judge_samples,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
  };
}
