import {
  evaluateGates,
  getGateSettings,
  getModelExamples,
  getModelGates,
  updateGateSettings,
} from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import type { GateMeasuring } from './gate-measuring.ts';
import type { GateNeeds } from './gate-needs.ts';
import { changeGateSettings, gateSettingsOf } from './gate-settings.ts';
import { newestFindings } from './measurement-store.ts';
import { gatesOf, type Judged, measurementView } from './model-gates.ts';

/** What the routes need beside the platform. */
export interface GateRouteNeeds {
  readonly measuring: GateMeasuring;
  readonly gates: Pick<GateNeeds, 'datasetId'>;
  readonly judged: Judged;
  /** @throws AttuneError `model_not_found` */
  readonly modelNamed: (caller: Caller, given: string) => Promise<ModelRow>;
}

/** The routes of gates. */
export function gateRoutes(
  platform: ShipPlatform,
  { measuring, gates, judged, modelNamed }: GateRouteNeeds,
): Route[] {
  const { sql } = platform.database;
  return [
    route(getModelGates, async ({ caller, params }) =>
      gatesOf(sql, await modelNamed(caller, params.id), judged),
    ),

    route(evaluateGates, async ({ caller, params }) => {
      const model = await modelNamed(caller, params.id);
      return measurementView(await measuring.request(model, caller.principal));
    }),

    route(getModelExamples, async ({ caller, params }) => {
      const { organization, model_id } = await modelNamed(caller, params.id);
      const measured = await newestFindings(sql, organization, model_id);
      const { highest, lowest, disagreements } = measured?.result.examples ?? {
        highest: [],
        lowest: [],
        disagreements: [],
      };
      const measured_at = measured?.ended_at.toISOString() ?? null;
      return { model_id, measured_at, highest, lowest, disagreements };
    }),

    route(getGateSettings, ({ caller }) => gateSettingsOf(sql, caller.organization)),

    route(updateGateSettings, async ({ caller, body }) => {
      const { organization, principal: actor } = caller;
      const given = body.evaluation_dataset;
      const dataset = typeof given === 'string' ? await gates.datasetId(organization, given) : given;
      return await changeGateSettings(platform, { organization, actor }, body, dataset);
    }),
  ];
}
