import { AttuneError, diffModels, listModelNotes, updateModel } from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { type Route, route } from '../platform/http/route.ts';
import { isId } from '../platform/ids.ts';
import type { GateNeeds } from './gates/gate-needs.ts';
import { modelDiff } from './model-diff.ts';
import { modelView } from './model-view.ts';
import { describeModel, notesOn, noteView } from './notes.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

/** What people say of models, and how two of them differ. */
export function descriptionRoutes(
  platform: ShipPlatform,
  needs: Pick<GateNeeds, 'compareDatasets' | 'hyperparameters'>,
  modelNamed: (caller: Caller, given: string, param?: string) => Promise<ModelRow>,
): Route[] {
  const { sql } = platform.database;
  return [
    route(updateModel, async ({ caller, params, body }) => {
      const model = await modelNamed(caller, params.id);
      return modelView(await describeModel(platform, model, caller, body));
    }),

    route(listModelNotes, async ({ caller, params, query }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
      if (before !== undefined && !isId(before)) throw new AttuneError('invalid_cursor');
      const model = await modelNamed(caller, params.id);
      const rows = await notesOn(sql, model, before, query.limit + 1);
      return toPage(rows, query.limit, (row) => [row.id], noteView);
    }),

    route(diffModels, async ({ caller, params, query }) => {
      const one = await modelNamed(caller, params.id);
      return await modelDiff(sql, needs, one, await modelNamed(caller, query.with, 'with'));
    }),
  ];
}
