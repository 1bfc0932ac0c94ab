import type { JobRow } from '../job-store.ts';
import type { RayNeeds } from '../needs.ts';
import type { RunLog } from '../trainer/run-log.ts';
import { RayJobs, RayUnavailable } from './ray-jobs.ts';
import { submissionId } from './ray-submission.ts';

const nothing: RunLog = { text: '', bytes: 0, complete: true };

/** The end of what a job's newest attempt printed on the cluster; empty where the cluster does not say. */
export async function readRayLog(ray: RayNeeds | null, { job_id: run }: JobRow): Promise<RunLog> {
  if (ray === null || run === null) return nothing;
  try {
    const text = await new RayJobs(ray.url, ray.token).log(submissionId(run));
    return { text, bytes: Buffer.byteLength(text), complete: false };
  } catch (error) {
    if (error instanceof RayUnavailable) return nothing;
    throw error;
  }
}
