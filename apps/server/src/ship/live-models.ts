import { inShare } from '@attune/core';
import { runningTrials } from './experiments/experiment-store.ts';
import { assignedArm, type RunningTrial, type TrialArm, type Visitor } from './experiments/running-trial.ts';
import type { LiveModel } from './live-model.ts';
import type { ModelLoading } from './model-loading.ts';
import { rampsInForce, type TrafficRow } from './ramp-store.ts';
import { findModel } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { liveIds, type Traffic, trafficOf } from './traffic.ts';

interface InForce {
  readonly traffic: Traffic;
  readonly artifacts: ReadonlyMap<string, string>;
}

/**
 * Which reward model chooses an answer, held in memory so that asking costs nothing. A model is chosen from the moment
 * that it is loaded here; until then the last known state stays, as it does when the database cannot be reached.
 */
export class LiveModels {
  readonly #database: ShipPlatform['database'];
  readonly #loading: ModelLoading;
  #byOrganization: ReadonlyMap<string, InForce> = new Map();
  #trials: ReadonlyMap<string, readonly RunningTrial[]> = new Map();
  #asked = 0;
  #shown = 0;

  constructor(platform: Pick<ShipPlatform, 'database'>, loading: ModelLoading) {
    this.#database = platform.database;
    this.#loading = loading;
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

  /** The same for somebody who asks a question: an experiment that they take part in goes before the deployed model. */
  chooseFor(
    organization: string,
    visitor: Visitor,
  ): { readonly model: LiveModel | null; readonly trial: TrialArm | null } {
    const assigned = assignedArm(this.#trials.get(organization) ?? [], visitor);
    if (assigned !== null) return assigned;
    const stickyId = visitor.userId ?? visitor.sessionId ?? visitor.responseId;
    return { model: this.choose(organization, stickyId), trial: null };
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

  /** The models that take any traffic of an organisation. */
  inTraffic(organization: string): readonly string[] {
    const inForce = this.#byOrganization.get(organization);
    return inForce === undefined ? [] : liveIds(inForce.traffic);
  }

  /** Reads every organisation's state anew. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    const rows = await rampsInForce(this.#database.sql);
    const inForce = new Map(rows.map((row) => [row.organization, inForceOf(row)]));
    const trials = await runningTrials(this.#database.sql);
    const inTrials = trials.flatMap(({ control, treatment }) => [control, treatment]);
    await this.#loading.ready([...inForce.values()].flatMap(takingTraffic).concat(inTrials));
    // Two reads can overtake each other; an older picture must not replace a newer one.
    if (asked < this.#shown) return;
    this.#shown = asked;
    this.#byOrganization = inForce;
    this.#trials = Map.groupBy(trials, ({ organization }) => organization);
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

function takingTraffic(inForce: InForce): LiveModel[] {
  return liveIds(inForce.traffic).flatMap((id) => withArtifact(inForce, id) ?? []);
}

function withArtifact(inForce: InForce, modelId: string | null): LiveModel | null {
  const artifactSha256 = modelId === null ? undefined : inForce.artifacts.get(modelId);
  return modelId === null || artifactSha256 === undefined ? null : { modelId, artifactSha256 };
}
