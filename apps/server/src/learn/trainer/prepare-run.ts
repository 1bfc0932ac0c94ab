import { AttuneError } from '@attune/contracts';
import { hasTrainer } from '../../trainer-home.ts';
import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { TrainerNeeds } from '../needs.ts';
import { bringOwnModels } from './own-models.ts';
import { writeRunFolder } from './run-folder.ts';
import { findProcess } from './run-process.ts';

/**
 * Leaves in a run's folder what the trainer needs to start, with nobody else at work there.
 * @throws AttuneError `trainer_missing`, `dataset_not_found`, `dataset_not_ready`, `artifact_not_found`, `model_not_found`
 */
export async function prepareRun(learn: Learn, job: JobRow, folder: string): Promise<void> {
  const { needs } = learn;
  await requireTrainer(needs.trainer);
  const dataset = await needs.datasets.snapshot(job.organization, job.dataset_id);
  if (dataset === null) throw new AttuneError('dataset_not_found');
  const before = await findProcess(folder);
  if (before !== null && before !== 'elsewhere' && (await before.isAlive())) await before.stop();
  const { base_model, hyperparameters } = await bringOwnModels(learn, job.organization, job, folder);
  await writeRunFolder(folder, { ...job, hyperparameters }, dataset, base_model);
}

/** @throws AttuneError `trainer_missing` where this machine has none and runs jobs itself */
export async function requireTrainer({ python, mostRuns }: TrainerNeeds): Promise<void> {
  if (mostRuns > 0 && !(await hasTrainer(python))) throw new AttuneError('trainer_missing');
}
