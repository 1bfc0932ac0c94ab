import type { Job, JobStatus } from '@attune/contracts';

const ended: ReadonlySet<JobStatus> = new Set(['completed', 'failed', 'cancelled', 'lost']);
const resumable: ReadonlySet<JobStatus> = new Set(['failed', 'cancelled', 'lost']);

/** Whether nothing more happens to a job by itself. */
export function hasEnded({ status }: Job): boolean {
  return ended.has(status);
}

/** Whether it can be run again, a run of the trainer from its checkpoint. */
export function canResume({ status }: Job): boolean {
  return resumable.has(status);
}
