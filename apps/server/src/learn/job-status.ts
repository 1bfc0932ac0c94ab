import type { JobStatus } from '@attune/contracts';

/** States in which a runner works on the job. */
export const running: readonly JobStatus[] = ['validating', 'training'];
/** States that a job can be cancelled in. */
export const unfinished: readonly JobStatus[] = ['pending', ...running];
/** States that a job can be run again from. */
export const resumable: readonly JobStatus[] = ['failed', 'cancelled', 'lost'];

/** Whether nothing more will happen to the job by itself. */
export function hasEnded(status: JobStatus): boolean {
  return !unfinished.includes(status);
}
