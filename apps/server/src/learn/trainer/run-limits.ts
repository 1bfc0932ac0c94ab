import { isOverBudget } from '../budget/budget.ts';
import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { hoursOf } from './cost.ts';
import type { Ending } from './ending.ts';

/** Why a running job must stop now; null while it may go on. */
export async function limitCrossed(learn: Learn, job: JobRow): Promise<Ending | null> {
  if (job.max_hours !== null && hoursOf(job, learn.platform.clock.now()) > job.max_hours) {
    const message = `The run has taken the ${job.max_hours} hours that it may take; its checkpoint is kept.`;
    return { kind: 'failed', code: 'time_limit', message };
  }
  if (!(await isOverBudget(learn, job.organization))) return null;
  const message =
    "This month's budget is spent. The checkpoint is kept: raise the budget and resume the job.";
  return { kind: 'failed', code: 'budget_exceeded', message };
}
