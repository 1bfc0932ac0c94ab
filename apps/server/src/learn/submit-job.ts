import { AttuneError, type createJob, type JobEvent, type RequestOf } from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import { newId } from '../platform/ids.ts';
import { embedderFolders } from './embedders.ts';
import { resumable, unfinished } from './job-status.ts';
import { changeJob, countPending, findJob, insertJob, type JobKey, type JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';
import { TRAIN } from './train-queue.ts';

/** Jobs that may wait in one organisation; a further one is refused. */
const MOST_WAITING = 100;

/**
 * Takes a job in: its data set is there and frozen, a row says `pending`, the queue brings it to a runner.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready`, `overloaded`
 */
export async function submitJob(
  learn: Learn,
  caller: Caller,
  body: RequestOf<typeof createJob>['body'],
): Promise<JobRow> {
  const { organization } = caller;
  const { clock, database } = learn.platform;
  const dataset = await learn.needs.datasets.open(organization, body.dataset);
  if (dataset === null) throw new AttuneError('dataset_not_found', { param: 'dataset' });
  if ((await countPending(database.sql, organization)) >= MOST_WAITING) {
    throw new AttuneError('overloaded', { message: 'Too many jobs are waiting.', retryAfterSeconds: 60 });
  }
  const now = clock.now();
  const job = await insertJob(
    database.sql,
    {
      id: newId(),
      organization,
      dataset_id: dataset.id,
      provider: 'local',
      base_model: embedderFolders[body.hyperparameters.embedder],
      model_name: body.model_name,
      status: 'pending',
      hyperparameters: JSON.stringify(body.hyperparameters),
      cost_estimate: 0,
      created_by: caller.email ?? caller.name,
      created_at: now,
    },
    [{ type: 'status', at: now.toISOString(), status: 'pending' }],
  );
  await enqueue(learn, job);
  return job;
}

/** Brings a waiting job to a runner. Called again for the same job it does no harm: a job is claimed once. */
export async function enqueue({ platform }: Learn, { organization, id }: JobKey): Promise<void> {
  await platform.queue.send(TRAIN, { organization, jobId: id }, { key: id });
}

/**
 * Cancels a job; its runner notices at its next heartbeat at the latest, wherever it runs. What it said stays.
 * @throws AttuneError `job_not_found`, `job_not_running`
 */
export async function cancelJob(learn: Learn, key: JobKey): Promise<JobRow> {
  const now = learn.platform.clock.now();
  const event: JobEvent = { type: 'status', at: now.toISOString(), status: 'cancelled' };
  const change = { status: 'cancelled' as const, completed_at: now };
  return await changeOr(learn, key, unfinished, change, event, 'This job has already ended.');
}

/**
 * Lets a job that failed, was lost or cancelled run again from the start.
 * @throws AttuneError `job_not_found`, `job_not_running`
 */
export async function resumeJob(learn: Learn, key: JobKey): Promise<JobRow> {
  const at = learn.platform.clock.now().toISOString();
  const event: JobEvent = { type: 'status', at, status: 'pending' };
  const again = {
    status: 'pending' as const,
    job_id: null,
    progress: 0,
    error_message: null,
    started_at: null,
    completed_at: null,
  };
  const why = 'Only a job that failed, was lost or cancelled can be resumed.';
  const job = await changeOr(learn, key, resumable, again, event, why);
  await enqueue(learn, job);
  return job;
}

async function changeOr(
  { platform, bell }: Learn,
  key: JobKey,
  from: readonly JobRow['status'][],
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
