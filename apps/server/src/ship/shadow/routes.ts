import {
  AttuneError,
  getShadow,
  judgeShadow,
  listShadowDisagreements,
  startShadow as startEndpoint,
  stopShadow,
} from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { decodeCursor, toPage } from '../../platform/http/page.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { isId } from '../../platform/ids.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { endShadow } from './end-shadow.ts';
import { disagreementsWithTexts, judgeDisagreements } from './judge-disagreements.ts';
import type { ShadowNeeds } from './shadow-needs.ts';
import { shadowReport } from './shadow-report.ts';
import {
  disagreements,
  newestShadow,
  type Place,
  type ShadowAnswerRow,
  type ShadowRow,
  shadowCounts,
} from './shadow-store.ts';
import { shadowView } from './shadow-view.ts';
import { startShadow } from './start-shadow.ts';

/** What the routes need beside the platform. */
export interface ShadowRouteNeeds {
  readonly shadows: ShadowNeeds;
  /** @throws AttuneError `model_not_found` */
  readonly modelNamed: (caller: Caller, given: string) => Promise<ModelRow>;
}

/** The routes of shadows. */
export function shadowRoutes(platform: ShipPlatform, { shadows, modelNamed }: ShadowRouteNeeds): Route[] {
  const { database, clock } = platform;
  const { sql } = database;
  const counted = async (row: ShadowRow) => shadowView(row, await shadowCounts(sql, row, clock.now()));

  const shadowOf = async (caller: Caller, given: string) => {
    const { model_id } = await modelNamed(caller, given);
    const shadow = await newestShadow(sql, caller.organization, model_id);
    if (shadow === undefined) throw new AttuneError('shadow_not_found', { param: 'id' });
    return shadow;
  };

  return [
    route(startEndpoint, async ({ caller, params, body }) => {
      const model = await modelNamed(caller, params.id);
      return await counted(await startShadow(platform, model, body, caller.principal));
    }),

    route(getShadow, async ({ caller, params }) => {
      const { model_id } = await modelNamed(caller, params.id);
      const row = await newestShadow(sql, caller.organization, model_id);
      if (row === undefined) return { shadow: null };
      return { shadow: { ...(await counted(row)), report: await shadowReport(sql, shadows, row) } };
    }),

    route(stopShadow, async ({ caller, params }) => {
      const shadow = await shadowOf(caller, params.id);
      const ended = await endShadow(platform, shadow, 'by_hand', caller.principal);
      return await counted(ended ?? (await shadowOf(caller, params.id)));
    }),

    route(listShadowDisagreements, async ({ caller, params, query }) => {
      const after = query.cursor === undefined ? undefined : placeOf(query.cursor);
      const shadow = await shadowOf(caller, params.id);
      const rows = await disagreements(sql, shadow, { after, limit: query.limit + 1 });
      const keyOf = ({ margin, response_id }: ShadowAnswerRow) => [margin ?? 0, response_id];
      const page = toPage(rows, query.limit, keyOf, (row) => row);
      return { ...page, items: await disagreementsWithTexts(shadows, shadow, page.items) };
    }),

    route(judgeShadow, async ({ caller, params, body }) => {
      const shadow = await shadowOf(caller, params.id);
      return await judgeDisagreements(platform, shadows, shadow, body.pairs, caller.principal);
    }),
  ];
}

/** @throws AttuneError `invalid_cursor` */
function placeOf(cursor: string): Place {
  const [margin = '', responseId = ''] = decodeCursor(cursor, 2);
  if (!Number.isFinite(Number(margin)) || !isId(responseId)) throw new AttuneError('invalid_cursor');
  return { margin: Number(margin), responseId };
}
