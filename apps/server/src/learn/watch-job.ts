import { AttuneError, type JobEvent } from '@attune/contracts';
import type { Platform } from '../platform/platform.ts';
import { eventsAfter } from './event-store.ts';
import type { JobBell } from './job-bell.ts';
import type { JobKey } from './job-key.ts';
import { hasEnded } from './job-status.ts';
import { findJob } from './job-store.ts';

/** How often a watcher looks by itself: what another replica writes may ring no bell here. */
const LOOK_MS = 500;
const PAGE = 200;

/**
 * The events of a job: the past ones first, then each as it comes, until the job has ended or the watcher leaves.
 * @throws AttuneError `job_not_found`
 */
export async function* watchJob(
  { database }: Pick<Platform, 'database'>,
  bell: JobBell,
  job: JobKey,
  signal: AbortSignal,
): AsyncGenerator<JobEvent> {
  let position = 0;
  while (!signal.aborted) {
    const news = nextRing(bell, job.id, signal);
    try {
      // The state is read first: what it ends with is then among the events read after it.
      const row = await findJob(database.sql, job);
      if (row === undefined) throw new AttuneError('job_not_found');
      const events = await eventsAfter(database.sql, job, position, PAGE);
      for (const { event, position: at } of events) {
        position = at;
        yield event;
      }
      if (events.length === PAGE) continue;
      if (hasEnded(row.status)) return;
      await news.heard;
    } finally {
      news.stop();
    }
  }
}

/** Resolves at the next ring from now on, after `LOOK_MS`, or when the watcher leaves. */
function nextRing(bell: JobBell, jobId: string, signal: AbortSignal) {
  const { promise: heard, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  const deaf = bell.listen(jobId, done);
  const timer = setTimeout(done, LOOK_MS);
  signal.addEventListener('abort', done, { once: true });
  const stop = () => {
    deaf();
    clearTimeout(timer);
    signal.removeEventListener('abort', done);
  };
  return { heard, stop };
}
