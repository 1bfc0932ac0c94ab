import { AttuneError, type Evaluation } from '@attune/contracts';
import { evaluate } from '../evaluate.ts';
import type { Learn } from '../learn.ts';
import { endFinished } from './end-run.ts';
import type { RunRow } from './run-store.ts';

/** Measures the model on the evaluation set, and ends the run. */
export async function evaluateStep(learn: Learn, run: RunRow, stopping: AbortSignal): Promise<undefined> {
  const { organization, model_id, dataset_id, settings } = run;
  if (model_id === null || dataset_id === null) throw new AttuneError('model_not_found');
  await endFinished(learn, run, model_id, await measured());

  /** Null where the model has no file that scores, as policies. */
  async function measured(): Promise<Evaluation | null> {
    const model = await learn.needs.registry.find(organization, model_id ?? '');
    if (model === null) return null;
    const dataset = settings.evaluation_set ?? dataset_id ?? '';
    return await evaluate(learn, organization, { model: model.modelId, dataset }, stopping);
  }
}
