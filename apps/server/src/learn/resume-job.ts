import type { JobEvent } from '@attune/contracts';
import { changeOrRefuse } from './change-or-refuse.ts';
import type { JobKey } from './job-key.ts';
import { resumable } from './job-status.ts';
import type { JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';
import { enqueue } from './submit-job.ts';
import { waitingAgain } from './waiting-again.ts';

/**
 * Lets a job that failed, was lost or cancelled run again: in a thread from the start, in the trainer from its
 * checkpoint.
 * @throws AttuneError `job_not_found`, `job_not_running`
 */
export async function resumeJob(learn: Learn, key: JobKey): Promise<JobRow> {
  const at = learn.platform.clock.now().toISOString();
  const event: JobEvent = { type: 'status', at, status: 'pending' };
  const refusal = 'Only a job that failed, was lost or cancelled can be resumed.';
  const job = await changeOrRefuse(learn, key, resumable, waitingAgain, event, refusal);
  await enqueue(learn, job);
  return job;
}
