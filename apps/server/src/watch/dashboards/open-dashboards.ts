import * as api from '@attune/contracts';
import { storable } from '../../platform/db/storable.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { type KnownAnswers, pageOfOutcomes, reportOutcome } from '../outcomes/outcomes.ts';
import { RollupDuty } from '../rollups/rollup-duty.ts';
import { distribution } from './distribution.ts';
import { segments } from './segments.ts';
import { series } from './series.ts';

/** What dashboards need of the platform. */
export type DashboardsPlatform = Pick<Platform, 'database' | 'clock' | 'log'>;

/** Metrics over time, from sums that are kept by hour and day, and the outcomes that applications report. */
export interface Dashboards {
  readonly routes: Route[];
  /** Sums the hours whose rows changed, now. */
  sumMarked(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the dashboards. */
export function openDashboards(platform: DashboardsPlatform, answers: KnownAnswers): Dashboards {
  const { clock } = platform;
  const { sql } = platform.database;
  const duty = new RollupDuty(sql, platform.log.child({ room: 'watch' }));
  return {
    routes: [
      route(api.dashboardSeries, ({ caller, query }) => series(sql, caller.organization, query, clock.now())),
      route(api.dashboardDistribution, ({ caller, query }) =>
        distribution(sql, caller.organization, query, clock.now()),
      ),
      route(api.dashboardSegments, ({ caller }) => segments(sql, caller.organization, clock.now())),
      route(api.reportOutcome, ({ caller, body }) =>
        reportOutcome({ sql, clock, answers }, caller, storable(body)),
      ),
      route(api.listOutcomes, ({ caller, query }) => pageOfOutcomes(sql, caller.organization, query)),
    ],
    sumMarked: async () => void (await duty.sumMarked()),
    start: async () => duty.start(),
    stop: () => duty.stop(),
  };
}
