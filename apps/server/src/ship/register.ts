import type { ModelKind } from '@attune/contracts';
import { nextVersion } from '@attune/core';
import { storableJson } from '../platform/db/storable.ts';
import { newId } from '../platform/ids.ts';
import { highestVersion, insertModel, lockName, modelOfJob } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

/** A model that a training run made, or a blend of two. */
export interface TrainedModel {
  organization: string;
  name: string;
  /** Null where no job made it: a blend. */
  jobId: string | null;
  datasetId: string;
  baseModel: string;
  card: Record<string, unknown>;
  metrics: Record<string, unknown>;
  kind: ModelKind;
  /** The file that scores, among the blobs; null where a model has none, or more than one. */
  artifact: { sha256: string; bytes: number } | null;
}

/**
 * Takes a trained model into the registry as the next minor version of its name, 1.0.0 being the first. A job
 * registers once: repeated, it gets the model it has.
 */
export async function register(
  { database, clock }: Pick<ShipPlatform, 'database' | 'clock'>,
  model: TrainedModel,
): Promise<{ modelId: string }> {
  return await database.sql.transaction().execute(async (tx) => {
    await lockName(tx, model.organization, model.name);
    const existing = model.jobId === null ? undefined : await modelOfJob(tx, model.organization, model.jobId);
    if (existing !== undefined) return { modelId: existing.model_id };
    const highest = await highestVersion(tx, model.organization, model.name);
    const version = nextVersion(highest === null ? [] : [highest], 'minor');
    const model_id = `${model.name}@${version}`;
    await insertModel(tx, {
      id: newId(),
      organization: model.organization,
      name: model.name,
      model_id,
      base_model: model.baseModel,
      fine_tuning_job_id: model.jobId,
      dataset_id: model.datasetId,
      version,
      kind: model.kind,
      status: 'testing',
      card: storableJson(model.card),
      performance_metrics: storableJson(model.metrics),
      artifact_sha256: model.artifact?.sha256 ?? null,
      artifact_bytes: model.artifact?.bytes ?? null,
      created_at: clock.now(),
    });
    return { modelId: model_id };
  });
}
