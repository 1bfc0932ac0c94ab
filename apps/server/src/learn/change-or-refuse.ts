import { AttuneError, type JobEvent, type JobStatus } from '@attune/contracts';
import type { JobKey } from './job-key.ts';
import { changeJob, findJob, type JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';

/**
 * Changes a job that is in one of the states `from`, and rings for whoever watches or runs it.
 * @throws AttuneError `job_not_found`, or `job_not_running` with the words of `refusal`
 */
export async function changeOrRefuse(
  { platform, bell }: Learn,
  key: JobKey,
  from: readonly JobStatus[],
  change: Parameters<typeof changeJob>[2],
  event: JobEvent,
  refusal: string,
): Promise<JobRow> {
  const job = await changeJob(platform.database.sql, { ...key, from }, change, [event]);
  if (job === undefined) {
    const known = await findJob(platform.database.sql, key);
    throw known === undefined
      ? new AttuneError('job_not_found')
      : new AttuneError('job_not_running', { message: refusal });
  }
  await bell.ring(key.id);
  return job;
}
