import { register, type TrainedModel } from './register.ts';
import { findModel } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

/** A reward model as training and evaluation need it. */
export interface RegisteredModel {
  modelId: string;
  artifactSha256: string;
  datasetId: string | null;
  card: Record<string, unknown>;
}

/** The registry as other rooms use it. */
export interface Registry {
  register(model: TrainedModel): Promise<{ modelId: string }>;
  /** By id, `name@version` or name (its newest version); null when unknown or without a file. */
  find(organization: string, nameOrId: string): Promise<RegisteredModel | null>;
}

export function registryOf(platform: ShipPlatform): Registry {
  return {
    register: (model) => register(platform, model),
    find: async (organization, nameOrId) => {
      const row = await findModel(platform.database.sql, organization, nameOrId);
      if (row === undefined || row.artifact_sha256 === null) return null;
      return {
        modelId: row.model_id,
        artifactSha256: row.artifact_sha256,
        datasetId: row.dataset_id,
        card: row.card,
      };
    },
  };
}
