import type { QueueCounts } from '@attune/contracts';
import type { Route } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { BULK_JOB, BULK_RETRIES, continueDecision } from './background.ts';
import { ReviewIndexer } from './indexer.ts';
import { queueCounts } from './progress.ts';
import type { ReviewNeeds, ReviewParts } from './review.ts';
import { reviewRoutes } from './routes.ts';

/** What reviewing needs of the platform. */
export type ReviewPlatform = Pick<Platform, 'database' | 'clock' | 'log' | 'audit' | 'queue'>;

/** The queue in which curators review feedback. */
export interface ReviewQueue {
  readonly routes: Route[];
  /** How the queue of an organisation stands. */
  counts(organization: string): Promise<QueueCounts>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the queue. */
export function openReview(platform: ReviewPlatform, needs: ReviewNeeds): ReviewQueue {
  const { clock, audit, queue } = platform;
  const parts: ReviewParts = {
    ...needs,
    db: platform.database.sql,
    clock,
    audit,
    log: platform.log.child({ room: 'curate' }),
    continueLater: async (id) => void (await queue.send(BULK_JOB, { id })),
  };
  const indexer = new ReviewIndexer(parts);
  return {
    routes: reviewRoutes(parts),
    counts: (organization) => queueCounts(parts, organization),
    start: async () => {
      queue.define(
        BULK_JOB,
        ({ data, attempt, signal }) => continueDecision(parts, { ...bulkJob(data), attempt, signal }),
        {
          concurrency: 2,
          retry: { limit: BULK_RETRIES, delaySeconds: 1 },
        },
      );
      indexer.start();
    },
    stop: () => indexer.stop(),
  };
}

/** The decision that a job carries. */
function bulkJob(data: object): { id: string } {
  if (!('id' in data) || typeof data.id !== 'string')
    throw new Error(`a job of ${BULK_JOB} names no decision`);
  return { id: data.id };
}
