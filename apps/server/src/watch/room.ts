import { sql as statement } from 'kysely';
import type { Route } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';
import type { Activity } from './activity.ts';
import { AlertDuty } from './alerts/alert-duty.ts';
import { AlertLooks } from './alerts/alert-looks.ts';
import { countFiring, countFiringByKind } from './alerts/alert-store.ts';
import { Deliveries } from './alerts/deliveries.ts';
import type { AlertSources } from './alerts/looks/alert-sources.ts';
import { type Notice, post } from './alerts/notices.ts';
import { alertRoutes } from './alerts/routes.ts';
import type { CollectedFeedback } from './collected-feedback.ts';
import { type Readiness, readiness } from './health.ts';
import { liveCounters } from './live-counters.ts';
import { LiveFeed } from './live-feed.ts';
import { type Metrics, openMetrics } from './metrics/metrics.ts';
import type { Scraped } from './metrics/scraped-metrics.ts';
import type { AnsweredQuestion, GivenFeedback } from './observers.ts';
import { watchRoutes } from './routes.ts';
import { openTelemetry, silent } from './telemetry/open-telemetry.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

/** What watching needs of the platform. */
export type WatchPlatform = Pick<
  Platform,
  'config' | 'log' | 'clock' | 'database' | 'queue' | 'cache' | 'audit' | 'secrets'
>;

/** The room that turns what happens into numbers and alerts. Observers neither throw nor block. */
export interface Watch {
  readonly routes: Route[];
  readonly answers: { answered(answer: AnsweredQuestion): void };
  readonly feedback: {
    recorded(feedback: GivenFeedback): void;
    /** Feedback about these versions was reviewed, deleted or imported. */
    changed(organization: string, rewardModels: readonly (string | null)[]): void;
  };
  /** The review queue or what there is to judge has changed in an organisation. */
  queueChanged(organization: string): void;
  /** All traffic was taken from a model; where the organisation is told, the model's rating alerts end. */
  rolledBack(ramp: { readonly model_id: string }, organization?: string): void;
  /** Puts what a rule of retraining did among the alerts. */
  notify(notice: Notice): Promise<void>;
  /** What GET /metrics answers, in Prometheus' text format. */
  metricsText(): Promise<string>;
  /** What GET /readyz answers. */
  readiness(): Promise<Readiness>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the room. */
export function openWatch(
  platform: WatchPlatform,
  feedback: CollectedFeedback,
  activity: Activity,
  sources: AlertSources,
  load: Pick<Scraped, 'scoringLoad' | 'trainingCost'>,
): Watch {
  const { log, clock, cache, queue, config, audit, secrets: box } = platform;
  const { sql } = platform.database;
  const openAlerts = (organization: string) => countFiring(sql, organization);
  const counters = (organization: string) => liveCounters({ clock, feedback, openAlerts }, organization);
  const live = new LiveFeed({ cache, log, read: counters });
  const allowPrivate = config.ATTUNE_ALERT_WEBHOOK_PRIVATE;
  const settingsUrl = config.ATTUNE_ALERT_WEBHOOK_URL;
  const deliveries = new Deliveries({ sql, log, clock, queue, box, settingsUrl, allowPrivate });
  const changed = (organization: string) => live.changed(organization);
  const raising = { sql, clock, deliveries, changed };
  const duty = new AlertDuty({ ...raising, log, feedback });
  const looks = new AlertLooks({ ...raising, log, queue, sources });
  const metrics = openMetrics(
    {
      ratingTotals: () => feedback.ratingTotals(),
      firingAlerts: () => countFiringByKind(sql),
      queueDepths: () => queue.depths(),
      ...load,
    },
    new Map(config.ATTUNE_UPSTREAM_PRICES),
    log,
  );
  let telemetry: Telemetry = silent;
  return {
    routes: [
      ...watchRoutes({ sql, activity, live, counters, now: () => clock.now() }),
      ...alertRoutes({
        ...{ sql, clock, audit, box, allowPrivate, changed },
        lookSoon: (organization) => looks.lookSoon(organization),
      }),
    ],
    ...observers(live, duty, metrics, () => telemetry),
    notify: (notice) => post(raising, notice),
    metricsText: () => metrics.text(),
    readiness: () => readiness({ database: async () => void (await statement`SELECT 1`.execute(sql)) }),
    start: async () => {
      telemetry = await openTelemetry(config, metrics, log);
      await live.start();
      await deliveries.sendMissed();
      await duty.start();
      await looks.start();
    },
    stop: async () => {
      await duty.stop();
      await live.stop();
      await telemetry.stop();
    },
  };
}

function observers(
  live: LiveFeed,
  duty: AlertDuty,
  metrics: Metrics,
  telemetry: () => Telemetry,
): Pick<Watch, 'answers' | 'feedback' | 'queueChanged' | 'rolledBack'> {
  return {
    answers: {
      answered: (answer) => {
        metrics.answered(answer);
        telemetry().answered(answer);
        live.changed(answer.organization);
      },
    },
    feedback: {
      recorded: (given) => {
        metrics.feedbackGiven(given);
        telemetry().feedbackGiven(given);
        live.changed(given.organization);
        duty.recorded(given);
      },
      changed: (organization, rewardModels) => {
        live.changed(organization);
        for (const rewardModel of rewardModels) duty.changed({ organization, rewardModel });
      },
    },
    queueChanged: (organization) => live.changed(organization),
    rolledBack: ({ model_id: rewardModel }, organization) => {
      metrics.rolledBack();
      if (organization !== undefined) duty.retired({ organization, rewardModel });
    },
  };
}
