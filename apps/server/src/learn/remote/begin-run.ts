import { AttuneError, type beginRemoteRun, type ResponseOf } from '@attune/contracts';
import { hasEnded } from '../job-status.ts';
import { findJob, type JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { Snapshot } from '../needs.ts';
import { folderOnCluster } from '../ray/ray-submission.ts';
import { namedOwnModels } from '../trainer/own-models.ts';
import { specOf } from '../trainer/run-folder.ts';
import type { RemoteAttempt } from './remote-attempt.ts';

/**
 * Tells an attempt what it is to do. Where its folder knows less than the server, as on a machine that is new to the
 * run, the count of events goes on from what the folder knows.
 * @throws AttuneError `job_not_found`, `dataset_not_found`, `model_not_found`
 */
export async function beginRun(
  learn: Learn,
  attempt: RemoteAttempt,
  lastSequence: number,
): Promise<ResponseOf<typeof beginRemoteRun>> {
  const { sql } = learn.platform.database;
  const known = await findJob(sql, attempt);
  if (known === undefined) throw new AttuneError('job_not_found');
  const dataset = await dataOf(learn, attempt);
  const { models, files } = await namedOwnModels(learn, known.organization, known, folderOf(learn, known));
  const job = await sql
    .updateTable('fine_tuning_jobs')
    .set((row) => ({
      last_sequence: row.fn<number>('least', ['last_sequence', row.val(lastSequence)]),
      ...(lastSequence === 0 ? { checkpoint_step: null } : {}),
      heartbeat_at: learn.platform.clock.now(),
    }))
    .where('organization', '=', attempt.organization)
    .where('id', '=', attempt.id)
    .where('job_id', '=', attempt.run)
    .returningAll()
    .executeTakeFirst();
  return {
    spec: specOf({ ...known, hyperparameters: models.hyperparameters }, dataset, models.base_model),
    inputs: files,
    last_sequence: job?.last_sequence ?? known.last_sequence,
    goes_on: job !== undefined && !hasEnded(job.status),
  };
}

/**
 * The rows that an attempt learns from.
 * @throws AttuneError `job_not_found`, `dataset_not_found`
 */
export async function dataOf({ needs, platform }: Learn, attempt: RemoteAttempt): Promise<Snapshot> {
  const job = await findJob(platform.database.sql, attempt);
  if (job === undefined) throw new AttuneError('job_not_found');
  const dataset = await needs.datasets.snapshot(job.organization, job.dataset_id);
  if (dataset === null) throw new AttuneError('dataset_not_found');
  return dataset;
}

/**
 * A file of a model that an attempt begins with, sent as it is read.
 * @throws AttuneError `job_not_found`, `model_not_found`, `artifact_not_found`
 */
export async function inputOf(learn: Learn, attempt: RemoteAttempt, sha256: string): Promise<Response> {
  const job = await findJob(learn.platform.database.sql, attempt);
  if (job === undefined) throw new AttuneError('job_not_found');
  const { files } = await namedOwnModels(learn, job.organization, job, folderOf(learn, job));
  const isAmongThem = files.some((file) => file.sha256 === sha256);
  const file = isAmongThem ? await learn.platform.blobs.stream(sha256) : undefined;
  if (file === undefined) throw new AttuneError('artifact_not_found');
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(file.bytes) };
  return new Response(file.content, { headers });
}

/** The run's folder on the cluster; a server without one has no such runs. */
function folderOf({ needs }: Learn, { id }: JobRow): string {
  if (needs.ray === null) throw new AttuneError('cluster_missing');
  return folderOnCluster(needs.ray, id);
}
