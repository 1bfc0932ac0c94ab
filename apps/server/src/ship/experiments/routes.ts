import {
  AttuneError,
  endExperiment,
  experimentHistory,
  extendExperiment,
  forceVariants,
  getExperiment,
  listExperiments,
  pauseExperiment,
  promoteExperiment,
  resumeExperiment,
  startExperiment as startExperimentEndpoint,
} from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { decodeCursor, toPage } from '../../platform/http/page.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { isId } from '../../platform/ids.ts';
import type { Announce } from '../change-traffic.ts';
import type { DeployCheck } from '../deployable.ts';
import type { ForcedBy } from '../gates/pass-gates.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import {
  changeExperiment,
  type ExperimentAct,
  end,
  extend,
  refuseUnless,
  resume,
} from './change-experiment.ts';
import * as store from './experiment-store.ts';
import { experimentView } from './experiment-view.ts';
import { promote } from './promote.ts';
import { startExperiment } from './start-experiment.ts';

const MOST_LOOKS = 2000;

/** What the routes need beside the platform. */
export interface ExperimentRouteNeeds {
  readonly announce: Announce;
  readonly assertDeployable: DeployCheck;
  /** @throws AttuneError `model_not_found` */
  readonly modelNamed: (caller: Caller, given: string) => Promise<ModelRow>;
  /** Lets a model pass to all traffic. @throws AttuneError `gates_failed`, `forbidden`, `invalid_request` */
  readonly pass: (caller: Caller, model: ModelRow, force: ForcedBy) => Promise<unknown>;
}

/** The routes of experiments. */
export function experimentRoutes(
  platform: ShipPlatform,
  { announce, assertDeployable, modelNamed, pass }: ExperimentRouteNeeds,
): Route[] {
  const { sql } = platform.database;

  const found = async (caller: Caller, id: string) => {
    const row = await store.findExperiment(sql, caller.organization, id);
    if (row === undefined) throw new AttuneError('experiment_not_found', { param: 'id' });
    return row;
  };
  const actOf = (caller: Caller, action: ExperimentAct['action']): ExperimentAct => ({
    organization: caller.organization,
    actor: caller.principal,
    action,
  });
  const deployable = async (caller: Caller, given: string) => {
    const model = await modelNamed(caller, given);
    await assertDeployable(model);
    return model;
  };

  return [
    route(startExperimentEndpoint, async ({ caller, body }) => {
      const control = await deployable(caller, body.control_model_id);
      const treatment = await deployable(caller, body.treatment_model_id);
      const by = { organization: caller.organization, actor: caller.principal };
      return experimentView(await startExperiment(platform, announce, { ...body, control, treatment }, by));
    }),

    route(listExperiments, async ({ caller, query }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
      if (before !== undefined && !isId(before)) throw new AttuneError('invalid_cursor');
      const filter = { status: query.status, before, limit: query.limit + 1 };
      const rows = await store.listExperiments(sql, caller.organization, filter);
      return toPage(rows, query.limit, (row) => [row.id], experimentView);
    }),

    route(getExperiment, async ({ caller, params }) => experimentView(await found(caller, params.id))),

    route(experimentHistory, async ({ caller, params }) => {
      await found(caller, params.id);
      return { items: await store.listLooks(sql, params.id, MOST_LOOKS) };
    }),

    route(pauseExperiment, async ({ caller, params }) => {
      const act = actOf(caller, 'experiment.paused');
      const row = await changeExperiment(platform, announce, act, params.id, (current) => {
        refuseUnless(current, ['running']);
        return { status: 'paused' };
      });
      return experimentView(row);
    }),

    route(resumeExperiment, async ({ caller, params }) => {
      const act = actOf(caller, 'experiment.started');
      return experimentView(await changeExperiment(platform, announce, act, params.id, resume));
    }),

    route(extendExperiment, async ({ caller, params, body }) => {
      const act = actOf(caller, 'experiment.extended');
      const change = (row: store.ExperimentRow) => extend(row, body.days);
      return experimentView(await changeExperiment(platform, announce, act, params.id, change));
    }),

    route(endExperiment, async ({ caller, params, body }) => {
      const act = actOf(caller, 'experiment.ended');
      const row = await changeExperiment(platform, announce, act, params.id, (current, _, now) =>
        end(current, body.winner, body.reason, now),
      );
      return experimentView(row);
    }),

    route(promoteExperiment, async ({ caller, params, body }) => {
      const experiment = await found(caller, params.id);
      refuseUndecided(experiment, body.force);
      const treatment = await deployable(caller, experiment.treatment_model_id);
      await pass(caller, treatment, body);
      const by = { organization: caller.organization, actor: caller.principal };
      return experimentView(await promote(platform, announce, by, params.id, treatment));
    }),

    route(forceVariants, async ({ caller, params, body }) => {
      const act = actOf(caller, 'experiment.forced');
      const row = await changeExperiment(platform, announce, act, params.id, (current) => {
        refuseUnless(current, ['draft', 'running', 'paused']);
        return { forced: JSON.stringify(body.forced) };
      });
      return experimentView(row);
    }),
  ];
}

function refuseUndecided({ results }: store.ExperimentRow, force: boolean): void {
  if (force || results?.recommendation.verdict === 'deploy') return;
  throw new AttuneError('experiment_undecided');
}
