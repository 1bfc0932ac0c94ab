import type { Route } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ReportSources } from './report-sources.ts';
import { Reports } from './reports.ts';
import { reportRoutes } from './routes.ts';

/** What reports need of the platform. */
type ReportPlatform = Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'queue' | 'audit' | 'secrets'>;

/** Weekly and monthly reports. */
interface ReportDuty {
  readonly routes: Route[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens reports over what other rooms tell. */
export function openReports(platform: ReportPlatform, sources: ReportSources): ReportDuty {
  const { config, database, secrets: box, log, clock, queue, audit } = platform;
  const { sql } = database;
  const allowPrivate = config.ATTUNE_ALERT_WEBHOOK_PRIVATE;
  const reports = new Reports({ sql, log, clock, queue, audit, box, allowPrivate, sources });
  return {
    routes: reportRoutes({ sql, clock, audit }, reports),
    start: () => reports.start(),
    stop: async () => undefined,
  };
}
