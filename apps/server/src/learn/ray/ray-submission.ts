import type { JobRow } from '../job-store.ts';
import type { RayNeeds } from '../needs.ts';
import type { RaySubmission } from './ray-jobs.ts';

/** Recipes that several processes can share. */
const shared: readonly JobRow['recipe'][] = ['reward', 'sft', 'dpo'];

/** Name of an attempt on the cluster. */
export function submissionId(run: string): string {
  return `attune-${run}`;
}

/** Folder of a job's run on the cluster. */
export function folderOnCluster({ folder }: RayNeeds, jobId: string): string {
  return `${folder}/${jobId}`;
}

/**
 * What Ray is to run for an attempt: the trainer, which asks this server for the rest. Its workers take the GPUs; where
 * there is only one, it is the entry point itself.
 * @param token with which the run may speak for its job
 */
export function submissionFor(ray: RayNeeds, job: JobRow, run: string, token: string): RaySubmission {
  const workers = shared.includes(job.recipe) ? ray.workers : 1;
  const words = [
    ...[ray.python, '-m', 'attune_trainer', 'remote'],
    ...['--server', ray.serverUrl(), '--job', job.id, '--folder', folderOnCluster(ray, job.id)],
    ...['--workers', String(workers), '--gpus', String(ray.gpus)],
  ];
  return {
    submission_id: submissionId(run),
    entrypoint: words.map(quoted).join(' '),
    entrypoint_num_cpus: workers > 1 ? 0 : 1,
    entrypoint_num_gpus: workers > 1 ? 0 : ray.gpus,
    runtime_env: { env_vars: { ATTUNE_JOB_TOKEN: token } },
    metadata: { attune_job: job.id, recipe: job.recipe, model: job.model_name },
  };
}

/** For the shell that Ray gives an entry point to. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
