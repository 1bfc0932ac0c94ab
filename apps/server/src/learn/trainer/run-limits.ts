import type { JobRow } from '../job-store.ts';
import { hoursOf } from './cost.ts';
import type { Ending } from './ending.ts';

/** Why a running job must stop now; null while it may go on. */
export function limitCrossed(job: JobRow, now: Date): Ending | null {
  if (job.max_hours === null || hoursOf(job, now) <= job.max_hours) return null;
  const message = `The run has taken the ${job.max_hours} hours that it may take; its checkpoint is kept.`;
  return { kind: 'failed', code: 'time_limit', message };
}
