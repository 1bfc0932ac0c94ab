import { AttuneError, type Ramp, startShadow as startShadowEndpoint } from '@attune/contracts';
import type { Route } from '../platform/http/route.ts';
import type { TryPolicy } from './deployable.ts';
import { ExperimentClock } from './experiments/experiment-clock.ts';
import type { ExperimentEvidence } from './experiments/experiment-evidence.ts';
import { GateMeasuring } from './gates/gate-measuring.ts';
import type { GateNeeds } from './gates/gate-needs.ts';
import type { LiveModel } from './live-model.ts';
import { LiveModels } from './live-models.ts';
import { ModelLoading } from './model-loading.ts';
import type { Observations } from './observe.ts';
import type { OffPolicyNeeds } from './off-policy/off-policy-needs.ts';
import { RampClock } from './ramp-clock.ts';
import { type Registry, registryOf } from './registry.ts';
import { findModel, type ModelRow } from './registry-store.ts';
import { type ReportModels, reportModels, type Span } from './report-models.ts';
import { shipRoutes } from './routes.ts';
import { ShadowClock } from './shadow/shadow-clock.ts';
import type { ShadowNeeds } from './shadow/shadow-needs.ts';
import { startShadow } from './shadow/start-shadow.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { TrafficWatch } from './traffic-watch.ts';

/** An experiment that ended by itself, for those who should know. */
export interface EndedExperiment {
  readonly organization: string;
  readonly id: string;
  readonly name: string;
  readonly treatment: string;
  readonly winner: string;
  readonly reason: string;
}

/** What the room asks of others. */
export interface ShipNeeds {
  /** What people and machines said about a model's answers since a moment. */
  readonly observations: Observations;
  /** What answers and people say about an experiment. */
  readonly evidence: ExperimentEvidence;
  /** An experiment ended by itself. */
  readonly onExperimentEnd: (ended: EndedExperiment) => Promise<void>;
  /** A ramp was sent back, by hand or by a guard. */
  readonly onRollback: (ramp: Ramp, organization: string) => Promise<void>;
  /** People do not come to a ramp's models as planned: somebody has to decide. */
  readonly onRampHold: (ramp: Ramp, organization: string) => Promise<void>;
  /** Has a model ready to score on this replica. */
  readonly loadModel: (model: LiveModel) => Promise<void>;
  /** Asks a policy something. @throws AttuneError when it does not answer */
  readonly tryPolicy: TryPolicy;
  /** What shadows ask. */
  readonly shadows: ShadowNeeds;
  /** What off-policy evaluation asks. */
  readonly offPolicy: OffPolicyNeeds;
  /** What gates and final evaluations ask. */
  readonly gates: GateNeeds;
}

/** Models on their way to live traffic, and back. */
export interface Ship {
  readonly routes: Route[];
  readonly liveModels: LiveModels;
  readonly registry: Registry;
  /** What happened to models in a span of time. */
  reportModels(span: Span): Promise<ReportModels>;
  /**
   * Has the gates of a model measured for a retraining rule; audited.
   * @throws AttuneError `model_not_found`, `model_not_deployable`
   */
  measureGates(organization: string, modelId: string): Promise<void>;
  /**
   * Has a reward model score a share of live answers unseen, for a retraining rule; audited.
   * @throws AttuneError `model_not_found`, `model_not_deployable`, `shadow_under_way`
   */
  shadow(organization: string, modelId: string, share: number): Promise<void>;
  /** Reads the state in force, follows its changes, and moves ramps on. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the room. */
export function openShip(platform: ShipPlatform, needs: ShipNeeds): Ship {
  const liveModels = new LiveModels(platform, new ModelLoading(needs.loadModel, platform.log));
  const watch = new TrafficWatch(platform, liveModels);
  // The traffic has moved whether or not somebody can be told.
  const told = (tell: ShipNeeds['onRollback']) => (ramp: Ramp, organization: string) =>
    tell(ramp, organization).catch((error: unknown) => {
      platform.log.error({ err: error, ramp: ramp.id }, 'telling what a ramp did failed');
    });
  const onRollback = told(needs.onRollback);
  const clock = new RampClock(platform, watch.announce, {
    observations: needs.observations,
    onRollback,
    onHold: told(needs.onRampHold),
  });
  const experiments = new ExperimentClock(platform, watch.announce, {
    evidence: needs.evidence,
    onEnd: ({ organization, id, name, treatment_model_id: treatment, winner, reason }) =>
      needs.onExperimentEnd({
        organization,
        id,
        name,
        treatment,
        winner: winner ?? 'inconclusive',
        reason: reason ?? '',
      }),
  });
  const measuring = new GateMeasuring(platform, needs.gates);
  const shadows = new ShadowClock(platform, needs.shadows);
  return {
    routes: shipRoutes(platform, watch.announce, onRollback, measuring, needs),
    liveModels,
    registry: registryOf(platform),
    reportModels: (span) => reportModels(platform.database.sql, span),
    measureGates: async (organization, modelId) => {
      await measuring.request(await modelOf(platform, organization, modelId), 'system');
    },
    shadow: async (organization, modelId, share) => {
      const plan = startShadowEndpoint.body.parse({ share });
      await startShadow(platform, await modelOf(platform, organization, modelId), plan, 'system');
    },
    start: async () => {
      await watch.start();
      clock.start();
      experiments.start();
      shadows.start();
      await measuring.start();
    },
    stop: async () => {
      await shadows.stop();
      await experiments.stop();
      await clock.stop();
      await watch.stop();
    },
  };
}

/** @throws AttuneError `model_not_found` */
async function modelOf({ database }: ShipPlatform, organization: string, modelId: string): Promise<ModelRow> {
  const model = await findModel(database.sql, organization, modelId);
  if (model === undefined) throw new AttuneError('model_not_found');
  return model;
}
