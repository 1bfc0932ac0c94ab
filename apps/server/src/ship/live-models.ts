import { inShare } from '@attune/core';
import { SecretUnreadable } from '../platform/secret-box.ts';
import { runningTrials } from './experiments/experiment-store.ts';
import { assignedArm, type RunningTrial, type TrialArm, type Visitor } from './experiments/running-trial.ts';
import type { LiveModel } from './live-model.ts';
import type { ModelLoading } from './model-loading.ts';
import type { LivePolicy, PolicyChoice } from './policies/live-policy.ts';
import { type OpenEndpoint, openEndpoint } from './policies/policy-endpoint.ts';
import { rampsInForce, type TrafficRow } from './ramp-store.ts';
import { findModel } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { liveIds, type Traffic, trafficOf } from './traffic.ts';

interface InForce {
  readonly traffic: Traffic;
  readonly artifacts: ReadonlyMap<string, string>;
}

/** The policies of an organisation, by id, and how traffic is divided among them. */
interface PoliciesInForce {
  readonly traffic: Traffic;
  readonly policies: ReadonlyMap<string, LivePolicy>;
}

/**
 * Which reward model chooses an answer, held in memory so that asking costs nothing. A model is chosen from the moment
 * that it is loaded here; until then the last known state stays, as it does when the database cannot be reached.
 */
export class LiveModels {
  readonly #platform: Pick<ShipPlatform, 'database' | 'secrets' | 'log'>;
  readonly #loading: ModelLoading;
  #byOrganization: ReadonlyMap<string, InForce> = new Map();
  #policies: ReadonlyMap<string, PoliciesInForce> = new Map();
  #trials: ReadonlyMap<string, readonly RunningTrial[]> = new Map();
  /** Told once each: the state is read every second. */
  readonly #unreadable = new Set<string>();
  #asked = 0;
  #shown = 0;

  constructor(platform: Pick<ShipPlatform, 'database' | 'secrets' | 'log'>, loading: ModelLoading) {
    this.#platform = platform;
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

  /**
   * What a user or session is answered by: the same each time, and while a ramp grows nobody leaves the new policy. Its
   * name is the salt, so that this has nothing to do with who gets which reward model. Null where no policy ever had
   * traffic.
   */
  choosePolicy(organization: string, { userId, sessionId, responseId }: Visitor): PolicyChoice | null {
    const inForce = this.#policies.get(organization);
    if (inForce === undefined) return null;
    const { modelId, share, restId } = inForce.traffic;
    const stickyId = userId ?? sessionId ?? responseId;
    const isNew = share >= 1 || (modelId !== null && inShare(stickyId, modelId, share));
    const named = (id: string | null) => (id === null ? null : (inForce.policies.get(id) ?? null));
    const incumbent = named(restId);
    return { policy: isNew ? named(modelId) : incumbent, incumbent };
  }

  /** A reward model by id, `name@version` or name: then the deployed one of that name, or else its newest. */
  async find(organization: string, nameOrId: string): Promise<LiveModel | null> {
    const deployed = this.#deployedAs(organization, nameOrId);
    if (deployed !== null) return deployed;
    const row = await findModel(this.#platform.database.sql, organization, nameOrId);
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
    const { sql } = this.#platform.database;
    const rows = await rampsInForce(sql);
    const ofKind = (kind: TrafficRow['kind']) => rows.filter((row) => row.kind === kind);
    const inForce = new Map(ofKind('reward').map((row) => [row.organization, inForceOf(row)]));
    const policies = new Map(ofKind('policy').map((row) => [row.organization, this.#policiesOf(row)]));
    const trials = await runningTrials(sql);
    const inTrials = trials.flatMap(({ control, treatment }) => [control, treatment]);
    await this.#loading.ready([...inForce.values()].flatMap(takingTraffic).concat(inTrials));
    // Two reads can overtake each other; an older picture must not replace a newer one.
    if (asked < this.#shown) return;
    this.#shown = asked;
    this.#byOrganization = inForce;
    this.#policies = policies;
    this.#trials = Map.groupBy(trials, ({ organization }) => organization);
  }

  #policiesOf(row: TrafficRow): PoliciesInForce {
    const policies = new Map<string, LivePolicy>();
    const add = (modelId: string | null, config: unknown) => {
      const endpoint = modelId === null ? null : this.#endpointOf(modelId, config);
      if (modelId !== null && endpoint !== null) policies.set(modelId, { modelId, ...endpoint });
    };
    add(row.model_id, row.model_config);
    add(row.previous_model_id, row.previous_config);
    return { traffic: trafficOf(row), policies };
  }

  #endpointOf(modelId: string, config: unknown): OpenEndpoint | null {
    try {
      return openEndpoint(this.#platform.secrets, config);
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      if (!this.#unreadable.has(modelId)) {
        this.#unreadable.add(modelId);
        this.#platform.log.warn({ err: error, model: modelId }, 'a policy cannot be asked');
      }
      return null;
    }
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
