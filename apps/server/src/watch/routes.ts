import * as api from '@attune/contracts';
import { eventStream } from '../platform/http/event-stream.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Activity } from './activity.ts';
import { annotators } from './annotators.ts';
import { dailyActivity } from './daily-activity.ts';
import type { LiveFeed } from './live-feed.ts';
import { overview } from './overview.ts';
import type { Sql } from './sql.ts';

const DAY_MS = 86_400_000;

export interface WatchRouteNeeds {
  readonly sql: Sql;
  readonly activity: Activity;
  readonly live: LiveFeed;
  readonly counters: (organization: string) => Promise<api.LiveCounters>;
  readonly now: () => Date;
}

/** The room's part of the HTTP API. */
export function watchRoutes({ sql, activity, live, counters, now }: WatchRouteNeeds): Route[] {
  return [
    route(api.liveCounters, ({ caller }) => counters(caller.organization)),
    route(api.watchCounters, async ({ caller, signal }) =>
      eventStream(live.follow(caller.organization, signal)),
    ),
    route(api.getOverview, ({ caller, query }) =>
      overview((since) => dailyActivity(sql, caller.organization, since), query.days, now()),
    ),
    route(api.annotatorActivity, async ({ caller, query }) => {
      const since = new Date(now().getTime() - query.days * DAY_MS);
      return { items: await annotators(activity, caller.organization, since) };
    }),
  ];
}
