import type { JobRow } from '../job-store.ts';
import type { Ending } from '../trainer/ending.ts';
import type { RayDetails } from './ray-jobs.ts';

/** A run reports every second; one that has not for so long is cut off or gone. */
const SILENCE_MS = 60_000;
/** Starting takes its time: Ray prepares the environment, Python loads torch. */
const START_MS = 300_000;
/** Between handing a job over and Ray knowing of it. */
const ARRIVAL_MS = 30_000;

/**
 * What the cluster's word means for a job that has not ended by itself: null while it may go on, `gone` when its
 * process is over without a last word.
 * @param details what Ray says; null when it knows of no such job
 */
export function endingOnCluster(
  details: RayDetails | null | 'unreachable',
  { status, heartbeat_at }: Pick<JobRow, 'status' | 'heartbeat_at'>,
  now: Date,
): Ending | 'gone' | null {
  const silent = now.getTime() - (heartbeat_at?.getTime() ?? 0);
  const isSilent = silent > (status === 'training' ? SILENCE_MS : START_MS);
  if (details === 'unreachable') {
    if (!isSilent) return null;
    return lost('Neither the run nor the Ray cluster has been heard of for a while');
  }
  if (details === null) {
    return silent > ARRIVAL_MS ? lost('The Ray cluster knows nothing of the run any more') : null;
  }
  switch (details.status) {
    // It waits for room on the cluster, which may take hours.
    case 'PENDING':
      return null;
    case 'RUNNING':
      return isSilent ? lost('The run goes on, but has not been heard of for a while') : null;
    case 'STOPPED':
      return { kind: 'stopped' };
    case 'SUCCEEDED':
    case 'FAILED':
      return 'gone';
  }
}

function lost(what: string): Ending {
  return { kind: 'lost', message: `${what}; resume the job to go on.` };
}
