import {
  AttuneError,
  advanceRamp,
  archiveModel,
  deployModel,
  getLineage,
  getModel,
  listModels,
  listRamps,
  pauseRamp,
  type Ramp,
  resumeRamp,
  rollbackModel,
} from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { type Route, route } from '../platform/http/route.ts';
import { isId } from '../platform/ids.ts';
import { advance } from './advance.ts';
import { archive } from './archive.ts';
import type { Announce } from './change-traffic.ts';
import { deploy } from './deploy.ts';
import { deployCheck, type TryPolicy } from './deployable.ts';
import { descriptionRoutes } from './description-routes.ts';
import { experimentRoutes } from './experiments/routes.ts';
import { finalEvaluationOf } from './final-evaluation/final-evaluation.ts';
import { finalEvaluationRoutes } from './final-evaluation/routes.ts';
import type { GateMeasuring } from './gates/gate-measuring.ts';
import type { GateNeeds } from './gates/gate-needs.ts';
import { type ForcedBy, keepOverride, passGates } from './gates/pass-gates.ts';
import { gateRoutes } from './gates/routes.ts';
import { lineageOf } from './lineage.ts';
import { modelView } from './model-view.ts';
import type { OffPolicyNeeds } from './off-policy/off-policy-needs.ts';
import { offPolicyRoutes } from './off-policy/routes.ts';
import { setPaused } from './pause.ts';
import { policyRoutes } from './policies/routes.ts';
import { planRamp } from './ramp-plan.ts';
import * as ramps from './ramp-store.ts';
import { rampView } from './ramp-view.ts';
import * as registry from './registry-store.ts';
import { rollBack } from './rollback.ts';
import { shadowRoutes } from './shadow/routes.ts';
import type { ShadowNeeds } from './shadow/shadow-needs.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { liveIds, trafficOf } from './traffic.ts';

/** What the routes ask of other rooms. */
interface Asked {
  readonly gates: GateNeeds;
  readonly shadows: ShadowNeeds;
  readonly offPolicy: OffPolicyNeeds;
  readonly tryPolicy: TryPolicy;
}

/** The routes of the room. */
export function shipRoutes(
  platform: ShipPlatform,
  announce: Announce,
  onRollback: (ramp: Ramp, organization: string) => Promise<void>,
  measuring: GateMeasuring,
  { gates, shadows, offPolicy, tryPolicy }: Asked,
): Route[] {
  const { sql } = platform.database;
  const assertDeployable = deployCheck(platform, tryPolicy);

  const modelNamed = async (caller: Caller, given: string, param = 'id') => {
    const model = await registry.findModel(sql, caller.organization, given);
    if (model === undefined) throw new AttuneError('model_not_found', { param });
    return model;
  };

  const judged = (model: registry.ModelRow) => finalEvaluationOf(sql, gates, model);
  const pass = (caller: Caller, model: registry.ModelRow, forced: ForcedBy) =>
    passGates(platform, judged, model, caller, forced);

  /** By name, the version that takes traffic is meant, not the newest. */
  const liveModelNamed = async (caller: Caller, given: string) => {
    const inForce = [
      await ramps.newestRamp(sql, caller.organization, 'reward'),
      await ramps.newestRamp(sql, caller.organization, 'policy'),
    ];
    const live = inForce.flatMap((ramp) => liveIds(trafficOf(ramp)));
    const named = live.find((id) => id.replace(/@[^@]*$/, '') === given);
    return await modelNamed(caller, named ?? given);
  };

  const by = ({ organization, principal: actor }: Caller, { kind }: registry.ModelRow) => ({
    organization,
    actor,
    kind: kind === 'policy' ? ('policy' as const) : ('reward' as const),
  });

  return [
    route(listModels, async ({ caller, query }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
      if (before !== undefined && !isId(before)) throw new AttuneError('invalid_cursor');
      const filter = { ...query, before, limit: query.limit + 1 };
      const rows = await registry.listModels(sql, caller.organization, filter);
      return toPage(rows, query.limit, (row) => [row.id], modelView);
    }),

    route(getModel, async ({ caller, params }) => modelView(await modelNamed(caller, params.id))),

    route(deployModel, async ({ caller, params, body }) => {
      const model = await modelNamed(caller, params.id);
      const plan = planRamp(body);
      await assertDeployable(model);
      const override = await pass(caller, model, body);
      const ramp = await deploy(platform, announce, model, plan, caller.principal);
      await keepOverride(sql, ramp, override);
      return rampView(ramp);
    }),

    route(advanceRamp, async ({ caller, params }) => {
      const model = await liveModelNamed(caller, params.id);
      return rampView(await advance(platform, announce, by(caller, model), model.model_id));
    }),

    route(pauseRamp, async ({ caller, params }) => {
      const model = await liveModelNamed(caller, params.id);
      return rampView(await setPaused(platform, announce, by(caller, model), model.model_id, true));
    }),

    route(resumeRamp, async ({ caller, params }) => {
      const model = await liveModelNamed(caller, params.id);
      return rampView(await setPaused(platform, announce, by(caller, model), model.model_id, false));
    }),

    route(rollbackModel, async ({ caller, params, body }) => {
      const model = await liveModelNamed(caller, params.id);
      const ramp = rampView(
        await rollBack(platform, announce, by(caller, model), model.model_id, body.reason),
      );
      await onRollback(ramp, caller.organization);
      return ramp;
    }),

    route(archiveModel, async ({ caller, params }) => {
      const model = await modelNamed(caller, params.id);
      return modelView(await archive(platform, model, caller.principal));
    }),

    route(listRamps, async ({ caller, query }) => {
      const before = query.cursor === undefined ? undefined : Number(decodeCursor(query.cursor, 1)[0]);
      if (before !== undefined && !Number.isSafeInteger(before)) throw new AttuneError('invalid_cursor');
      const rows = await ramps.listRamps(sql, caller.organization, {
        kind: query.kind,
        before,
        limit: query.limit + 1,
      });
      return toPage(rows, query.limit, (row) => [row.position], rampView);
    }),

    ...policyRoutes(platform, announce, modelNamed),
    ...experimentRoutes(platform, { announce, assertDeployable, modelNamed, pass }),
    ...gateRoutes(platform, { measuring, gates, judged, modelNamed }),
    ...finalEvaluationRoutes(platform, { gates, measuring, modelNamed }),
    ...shadowRoutes(platform, { shadows, modelNamed }),
    ...offPolicyRoutes(platform, { offPolicy, modelNamed }),
    ...descriptionRoutes(platform, gates, modelNamed),

    route(getLineage, ({ caller, params }) => lineageOf(sql, caller.organization, params.kind, params.id)),
  ];
}
