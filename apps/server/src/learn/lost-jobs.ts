import type { Platform } from '../platform/platform.ts';
import type { JobBell } from './job-bell.ts';
import { running } from './job-status.ts';
import { changeJob, silentJobs } from './job-store.ts';

/** A runner that was not heard of for so long is gone: fifteen heartbeats. */
const SILENCE_MS = 30_000;
const message = 'The process that ran this job has gone silent; resume the job to run it again.';

/** Marks every job as lost whose runner has gone silent. Whoever looks at jobs calls this first. */
export async function markLostJobs(
  { database, clock, log }: Pick<Platform, 'database' | 'clock' | 'log'>,
  bell: JobBell,
): Promise<void> {
  const now = clock.now();
  for (const job of await silentJobs(database.sql, new Date(now.getTime() - SILENCE_MS))) {
    const at = now.toISOString();
    const match = { ...job, from: running, run: job.job_id ?? undefined };
    const lost = await changeJob(
      database.sql,
      match,
      { status: 'lost', error_message: message, completed_at: now },
      [
        { type: 'log', at, message },
        { type: 'status', at, status: 'lost' },
      ],
    );
    if (lost === undefined) continue;
    log.warn({ job: job.id, organization: job.organization }, 'a training job was lost');
    await bell.ring(job.id);
  }
}
