import type { JobEvent } from '@attune/contracts';
import { requireBudget } from './budget/budget.ts';
import { changeOrRefuse } from './change-or-refuse.ts';
import type { JobKey } from './job-key.ts';
import { resumable } from './job-status.ts';
import { findJob, type JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';
import { enqueue, requireRunner } from './submit-job.ts';
import { waitingAgain } from './waiting-again.ts';

/**
 * Lets a job that failed, was lost or cancelled run again: in a thread from the start, in the trainer from its
 * checkpoint.
 * @throws AttuneError `job_not_found`, `job_not_running`, `trainer_missing`, `cluster_missing`,
 *   `budget_exceeded`
 */
export async function resumeJob(learn: Learn, key: JobKey): Promise<JobRow> {
  await requireMeans(learn, key);
  const at = learn.platform.clock.now().toISOString();
  const event: JobEvent = { type: 'status', at, status: 'pending' };
  const refusal = 'Only a job that failed, was lost or cancelled can be resumed.';
  const job = await changeOrRefuse(learn, key, resumable, waitingAgain, event, refusal);
  await enqueue(learn, job);
  return job;
}

/** What a run of the trainer needs to start, it needs to go on. */
async function requireMeans(learn: Learn, key: JobKey): Promise<void> {
  const job = await findJob(learn.platform.database.sql, key);
  if (job === undefined || job.provider !== 'custom' || !resumable.includes(job.status)) return;
  await requireRunner(learn, job.runner);
  await requireBudget(learn, job.organization, job.cost_estimate ?? 0);
}
