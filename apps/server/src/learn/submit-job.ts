import { AttuneError, type CustomJob, type createJob, type RequestOf } from '@attune/contracts';
import { EMBEDDER_FOLDERS } from '@attune/reward';
import { newId } from '../platform/ids.ts';
import { estimateCost, requireBudget } from './budget/budget.ts';
import type { JobKey } from './job-key.ts';
import { countPending, insertJob, type JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';
import { TRAIN } from './train-queue.ts';
import { requireOwnModels } from './trainer/own-models.ts';
import { requireTrainer } from './trainer/prepare-run.ts';

/** Jobs that may wait in one organisation; a further one is refused. */
const MOST_WAITING = 100;

/** On whose behalf a job is taken in. */
export interface Submitter {
  readonly organization: string;
  readonly createdBy: string;
}

type Body = RequestOf<typeof createJob>['body'];

/**
 * Takes a job in: its data set is there and frozen, a row says `pending`, and a runner hears of it.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready`, `overloaded`, `trainer_missing`, `cluster_missing`,
 *   `budget_exceeded`, `model_not_found`, `judging_project_not_found`
 */
export async function submitJob(
  learn: Learn,
  { organization, createdBy }: Submitter,
  body: Body,
  id = newId(),
): Promise<JobRow> {
  const { clock, database } = learn.platform;
  const dataset = await learn.needs.datasets.open(organization, body.dataset);
  if (dataset === null) throw new AttuneError('dataset_not_found', { param: 'dataset' });
  if ((await countPending(database.sql, organization)) >= MOST_WAITING) {
    throw new AttuneError('overloaded', { message: 'Too many jobs are waiting.', retryAfterSeconds: 60 });
  }
  const work = await whatToRun(learn, organization, body);
  const now = clock.now();
  const job = await insertJob(
    database.sql,
    {
      id,
      organization,
      dataset_id: dataset.id,
      model_name: body.model_name,
      status: 'pending',
      created_by: createdBy,
      created_at: now,
      ...work,
    },
    [{ type: 'status', at: now.toISOString(), status: 'pending' }],
  );
  await enqueue(learn, job);
  return job;
}

async function whatToRun(learn: Learn, organization: string, body: Body) {
  const hyperparameters = JSON.stringify(body.hyperparameters);
  if (body.provider === 'custom') {
    await requireRunner(learn, body.runner);
    const { provider, runner, recipe, base_model, revision, max_hours } = body;
    await requireOwnModels(learn, organization, body);
    const cost_estimate = await estimateCost(learn, { organization, recipe, base_model, max_hours });
    await requireBudget(learn, organization, cost_estimate);
    const run = { provider, runner, recipe, base_model, revision, max_hours, cost_estimate, hyperparameters };
    return { ...run, ...(await outputsOf(learn, organization, body)) };
  }
  return {
    provider: 'local' as const,
    runner: 'worker' as const,
    recipe: body.hyperparameters.recipe,
    base_model: EMBEDDER_FOLDERS[body.hyperparameters.embedder],
    cost_estimate: 0,
    hyperparameters,
  };
}

/**
 * What is to be taken from the job for people to see.
 * @throws AttuneError `judging_project_not_found`
 */
async function outputsOf({ needs }: Learn, organization: string, body: CustomJob) {
  if (body.recipe === 'constitutional') return { import_preferences: body.import_preferences };
  if (body.recipe === 'reward' || body.judge_samples === null) return {};
  const { project } = body.judge_samples;
  if (project !== null) await needs.judging.open(organization, project, body.model_name);
  return { judge_samples: JSON.stringify(body.judge_samples) };
}

/** @throws AttuneError `trainer_missing`, `cluster_missing` */
export async function requireRunner({ needs }: Learn, runner: JobRow['runner']): Promise<void> {
  if (runner === 'local') await requireTrainer(needs.trainer);
  if (runner === 'ray' && needs.ray === null) throw new AttuneError('cluster_missing');
}

/** Brings a waiting job to a runner. Called again for the same job it does no harm: a job is claimed once. */
export async function enqueue(
  { platform, bell }: Learn,
  { organization, id, runner }: JobKey & Pick<JobRow, 'runner'>,
) {
  if (runner === 'worker') await platform.queue.send(TRAIN, { organization, jobId: id });
  else await bell.ring(id);
}
