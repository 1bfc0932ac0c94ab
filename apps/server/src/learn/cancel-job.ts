import type { JobEvent } from '@attune/contracts';
import { changeOrRefuse } from './change-or-refuse.ts';
import type { JobKey } from './job-key.ts';
import { unfinished } from './job-status.ts';
import { findJob, type JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';
import { hoursOf } from './trainer/cost.ts';

/**
 * Cancels a job; its runner notices at its next heartbeat at the latest, wherever it runs. What it said stays.
 * @throws AttuneError `job_not_found`, `job_not_running`
 */
export async function cancelJob(learn: Learn, key: JobKey): Promise<JobRow> {
  const now = learn.platform.clock.now();
  const event: JobEvent = { type: 'status', at: now.toISOString(), status: 'cancelled' };
  const known = await findJob(learn.platform.database.sql, key);
  const hours = known === undefined ? 0 : hoursOf(known, now);
  const cost = { hours_before: hours, actual_cost: hours * learn.needs.trainer.hourlyCost };
  const change = { status: 'cancelled' as const, completed_at: now, seconds_left: null, ...cost };
  return await changeOrRefuse(learn, key, unfinished, change, event, 'This job has already ended.');
}
