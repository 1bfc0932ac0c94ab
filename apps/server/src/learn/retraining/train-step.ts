import { AttuneError } from '@attune/contracts';
import { hasEnded } from '../job-status.ts';
import { findJob, type JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { submitJob } from '../submit-job.ts';
import { isNoBetterThanBase } from '../trainer/register-run.ts';
import { note } from './decision-log.ts';
import { endNotBetter } from './end-run.ts';
import { changeRun, type RunRow } from './run-store.ts';

/** Has a job train on the run's data set; undefined while it does, and where it made nothing better than its base. */
export async function trainStep(learn: Learn, run: RunRow): Promise<RunRow | undefined> {
  const { database, clock } = learn.platform;
  const job = (await findJob(database.sql, run)) ?? (await submit(learn, run));
  if (!hasEnded(job.status)) return undefined;
  if (isNotBetter(job)) {
    await endNotBetter(learn, run);
    return undefined;
  }
  const model_id = modelOf(job);
  const at = clock.now();
  return await database.sql.transaction().execute(async (tx) => {
    const changed = await changeRun(tx, run, { step: 'evaluate', model_id });
    if (changed !== undefined) {
      const rule = { organization: run.organization, id: run.rule_id };
      await note(tx, rule, 'trained', { at, run: run.id, detail: model_id });
    }
    return changed;
  });
}

/** The job has the run's id, so that a run never has two. */
function submit(learn: Learn, { id, organization, dataset_id, settings }: RunRow): Promise<JobRow> {
  if (dataset_id === null) throw new AttuneError('dataset_not_found');
  const by = { organization, createdBy: 'a retraining rule' };
  return submitJob(learn, by, { ...settings.training, dataset: dataset_id }, id);
}

function isNotBetter({ status, resulting_model_id, training_metrics }: JobRow): boolean {
  return status === 'completed' && resulting_model_id === null && isNoBetterThanBase(training_metrics);
}

/** @throws Error with what became of a job that made no model */
function modelOf({ status, resulting_model_id, error_message }: JobRow): string {
  if (status === 'completed' && resulting_model_id !== null) return resulting_model_id;
  throw new Error(error_message ?? `The training job ended as ${status}, without a model.`);
}
