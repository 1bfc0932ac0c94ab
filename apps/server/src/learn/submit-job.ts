import { AttuneError, type createJob, type RequestOf } from '@attune/contracts';
import { EMBEDDER_FOLDERS } from '@attune/reward';
import type { Caller } from '../platform/http/caller.ts';
import { newId } from '../platform/ids.ts';
import type { JobKey } from './job-key.ts';
import { countPending, insertJob, type JobRow } from './job-store.ts';
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
      base_model: EMBEDDER_FOLDERS[body.hyperparameters.embedder],
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
  await platform.queue.send(TRAIN, { organization, jobId: id });
}
