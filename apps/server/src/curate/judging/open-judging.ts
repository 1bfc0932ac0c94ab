import type { JudgingCounts } from '@attune/contracts';
import type { Route } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { judgedLately, openComparison, type QuestionAgreement, type Span } from './judged-lately.ts';
import type { Judging } from './judging.ts';
import { judgingCounts } from './live-counts.ts';
import { judgingRoutes } from './routes.ts';
import { openRunSamples, type RunSamples } from './run-samples.ts';

/** What judging needs of the platform. */
export type JudgingPlatform = Pick<Platform, 'database' | 'clock' | 'audit'>;

/** What judging needs from others. */
export type JudgingNeeds = Pick<Judging, 'trainable' | 'candidates' | 'changed'>;

/** Blind judging by several people. */
export interface BlindJudging {
  readonly routes: Route[];
  /** How the judging of an organisation stands. */
  counts(organization: string): Promise<JudgingCounts>;
  readonly runSamples: RunSamples;
  /** How much judges agree where people judged in a span of time. */
  judgedLately(span: Span): Promise<QuestionAgreement[]>;
  /** A project that takes pairs of answers. */
  openComparison(organization: string): Promise<{ id: string; name: string } | null>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens blind judging. */
export function openJudging(platform: JudgingPlatform, needs: JudgingNeeds): BlindJudging {
  const { clock, audit, database } = platform;
  const stopping = new AbortController();
  const judging: Judging = { ...needs, db: database.sql, clock, audit, stopping: stopping.signal };
  return {
    routes: judgingRoutes(judging),
    counts: (organization) => judgingCounts(judging.db, organization, clock.now()),
    runSamples: openRunSamples(judging),
    judgedLately: (span) => judgedLately(judging, span),
    openComparison: (organization) => openComparison(judging, organization),
    start: async () => undefined,
    stop: async () => stopping.abort(),
  };
}
