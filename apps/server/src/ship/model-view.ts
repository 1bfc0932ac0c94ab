import type { Model } from '@attune/contracts';
import { doubtsOf } from './doubts.ts';
import { shownEndpoint } from './policies/policy-endpoint.ts';
import type { ModelRow } from './registry-store.ts';

/** A registry row as callers see it. */
export function modelView(row: ModelRow): Model {
  return {
    id: row.id,
    name: row.name,
    model_id: row.model_id,
    base_model: row.base_model,
    fine_tuning_job_id: row.fine_tuning_job_id,
    dataset_id: row.dataset_id,
    version: row.version,
    kind: row.kind,
    status: row.status,
    card: row.card,
    performance_metrics: row.performance_metrics,
    doubts: doubtsOf(row),
    tags: row.tags,
    artifact_sha256: row.artifact_sha256,
    artifact_bytes: row.artifact_bytes,
    created_at: row.created_at.toISOString(),
    deployed_at: row.deployed_at?.toISOString() ?? null,
    endpoint: shownEndpoint(row),
  };
}
