import { AttuneError, getFinalEvaluation, startFinalEvaluation as startEndpoint } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { GateMeasuring } from '../gates/gate-measuring.ts';
import type { GateNeeds } from '../gates/gate-needs.ts';
import { incumbentFor } from '../gates/model-gates.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { finalEvaluationOf, startFinalEvaluation } from './final-evaluation.ts';

/** What the routes need beside the platform. */
export interface FinalEvaluationRouteNeeds {
  readonly gates: GateNeeds;
  readonly measuring: GateMeasuring;
  /** @throws AttuneError `model_not_found` */
  readonly modelNamed: (caller: Caller, given: string, param?: string) => Promise<ModelRow>;
}

/** The routes of final evaluations. */
export function finalEvaluationRoutes(
  platform: ShipPlatform,
  { gates, measuring, modelNamed }: FinalEvaluationRouteNeeds,
): Route[] {
  const { sql } = platform.database;

  const rivalOf = async (caller: Caller, model: ModelRow, given: string | undefined) => {
    const named = given ?? (await incumbentFor(sql, model));
    if (named === null) {
      const message = 'No other model takes traffic: name the one to compare with.';
      throw new AttuneError('model_not_found', { message, param: 'against' });
    }
    const rival = await modelNamed(caller, named, 'against');
    if (rival.id !== model.id) return rival;
    const message = 'A model is not compared with itself.';
    throw new AttuneError('invalid_request', { message, param: 'against' });
  };

  return [
    route(startEndpoint, async ({ caller, params, body }) => {
      const model = await modelNamed(caller, params.id);
      const against = await rivalOf(caller, model, body.against);
      const plan = { effect: body.effect, power: body.power, by: caller.principal };
      const evaluation = await startFinalEvaluation(platform, gates, model, against, plan);
      await measuring.request(model, caller.principal);
      return evaluation;
    }),

    route(getFinalEvaluation, async ({ caller, params }) => {
      const model = await modelNamed(caller, params.id);
      return { evaluation: await finalEvaluationOf(sql, gates, model) };
    }),
  ];
}
