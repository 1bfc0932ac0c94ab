import type { JobEvent } from '@attune/contracts';
import { countLosses } from './event-store.ts';
import { running } from './job-status.ts';
import { changeJob, type JobRow, silentJobs } from './job-store.ts';
import type { Learn, LearnPlatform } from './learn.ts';
import type { Unstamped } from './run-voice.ts';
import { enqueue } from './submit-job.ts';
import { waitingAgain } from './waiting-again.ts';

/** A runner that was not heard of for so long is gone: fifteen heartbeats. */
const SILENCE_MS = 30_000;
/** A job that takes its process down with it must not do so for ever. */
const MOST_RUNS = 3;
const silent = 'The process that ran this job has gone silent';

/**
 * Finds jobs whose runner has gone silent. They start over by themselves; one that was lost for the third time stays
 * lost until somebody resumes it. Whoever looks at jobs calls this first.
 */
export async function takeUpLostJobs(learn: Learn): Promise<void> {
  const { database, log } = learn.platform;
  for (const job of await silentJobs(database.sql, 'worker', silentSince(learn.platform))) {
    const losses = 1 + (await countLosses(database.sql, job));
    const changed = losses < MOST_RUNS ? await startOver(learn, job, losses + 1) : await giveUp(learn, job);
    if (changed === undefined) continue;
    log.warn({ job: job.id, organization: job.organization, losses }, 'a training job was lost');
    await learn.bell.ring(job.id);
    if (changed.status === 'pending') await enqueue(learn, changed);
  }
}

/**
 * When a runner must have been heard of last to count as gone. An embedded database belongs to one process, so that
 * what ran before this process cannot run any more.
 */
function silentSince({ clock, database }: Pick<LearnPlatform, 'clock' | 'database'>): Date {
  const patience = clock.now().getTime() - SILENCE_MS;
  return new Date(database.kind === 'pglite' ? Math.max(patience, performance.timeOrigin) : patience);
}

function startOver(learn: Learn, job: JobRow, attempt: number): Promise<JobRow | undefined> {
  return change(learn, job, waitingAgain, [
    { type: 'log', message: `${silent}; it starts over, attempt ${attempt} of ${MOST_RUNS}.` },
    { type: 'status', status: 'lost' },
    { type: 'status', status: 'pending' },
  ]);
}

function giveUp(learn: Learn, job: JobRow): Promise<JobRow | undefined> {
  const message = `${silent} ${MOST_RUNS} times; resume the job to run it again.`;
  const completed_at = learn.platform.clock.now();
  return change(learn, job, { status: 'lost', error_message: message, completed_at }, [
    { type: 'log', message },
    { type: 'status', status: 'lost' },
  ]);
}

/** Only if the job still belongs to the run that went silent: of several replicas one takes it up. */
function change(
  { platform: { database, clock } }: Learn,
  job: JobRow,
  columns: Parameters<typeof changeJob>[2],
  events: readonly Unstamped[],
): Promise<JobRow | undefined> {
  const match = { ...job, from: running, run: job.job_id ?? undefined };
  const at = clock.now().toISOString();
  const stamped = events.map((event): JobEvent => ({ ...event, at }));
  return changeJob(database.sql, match, columns, stamped);
}
