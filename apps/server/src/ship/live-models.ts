import { inShare } from '@attune/core';
import { rampsInForce, type TrafficRow } from './ramp-store.ts';
import { findModel } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { type Traffic, trafficOf } from './traffic.ts';

/** A reward model that can score, and where its file is. */
export interface LiveModel {
  modelId: string;
  artifactSha256: string;
}

interface InForce {
  readonly traffic: Traffic;
  readonly artifacts: ReadonlyMap<string, string>;
}

/**
 * Which reward model chooses an answer, held in memory so that asking costs nothing. When the database cannot be
 * reached the last known state stays.
 */
export class LiveModels {
  readonly #database: ShipPlatform['database'];
  #byOrganization: ReadonlyMap<string, InForce> = new Map();
  #asked = 0;
  #shown = 0;

  constructor(platform: Pick<ShipPlatform, 'database'>) {
    this.#database = platform.database;
  }

  /**
   * The model for a user or session: the same one each time, and while a ramp grows nobody leaves the new model.
   * Null when no model is deployed.
   */
  choose(organization: string, stickyId: string): LiveModel | null {
    const inForce = this.#byOrganization.get(organization);
    if (inForce === undefined) return null;
    const { modelId, share, restId } = inForce.traffic;
    const isNew = share >= 1 || (modelId !== null && inShare(stickyId, modelId, share));
    return withArtifact(inForce, isNew ? modelId : restId);
  }

  /** A reward model by id, `name@version` or name: then the deployed one of that name, or else its newest. */
  async find(organization: string, nameOrId: string): Promise<LiveModel | null> {
    const deployed = this.#deployedAs(organization, nameOrId);
    if (deployed !== null) return deployed;
    const row = await findModel(this.#database.sql, organization, nameOrId);
    if (row === undefined || row.kind !== 'reward' || row.status === 'archived') return null;
    return row.artifact_sha256 === null
      ? null
      : { modelId: row.model_id, artifactSha256: row.artifact_sha256 };
  }

  /** Reads every organisation's state anew. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    const rows = await rampsInForce(this.#database.sql);
    // Two reads can overtake each other; an older picture must not replace a newer one.
    if (asked < this.#shown) return;
    this.#shown = asked;
    this.#byOrganization = new Map(rows.map((row) => [row.organization, inForceOf(row)]));
  }

  #deployedAs(organization: string, name: string): LiveModel | null {
    const inForce = this.#byOrganization.get(organization);
    if (inForce === undefined) return null;
    const { modelId, share, restId } = inForce.traffic;
    const larger = share >= 0.5 ? [modelId, restId] : [restId, modelId];
    const named = larger.find((id) => id === name || id?.replace(/@[^@]*$/, '') === name);
    return withArtifact(inForce, named ?? null);
  }
}

function inForceOf(row: TrafficRow): InForce {
  const artifacts = new Map<string, string>();
  if (row.model_artifact !== null) artifacts.set(row.model_id, row.model_artifact);
  if (row.previous_artifact !== null && row.previous_model_id !== null) {
    artifacts.set(row.previous_model_id, row.previous_artifact);
  }
  return { traffic: trafficOf(row), artifacts };
}

function withArtifact(inForce: InForce, modelId: string | null): LiveModel | null {
  const artifactSha256 = modelId === null ? undefined : inForce.artifacts.get(modelId);
  return modelId === null || artifactSha256 === undefined ? null : { modelId, artifactSha256 };
}
