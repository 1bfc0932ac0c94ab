import { AttuneError, type Evaluation, type evaluateModel, type RequestOf } from '@attune/contracts';
import { cutContext } from '@attune/core';
import { newId } from '../platform/ids.ts';
import { insertEvaluation } from './evaluation-store.ts';
import type { EvaluationResult, EvaluationRow, EvaluationSetting } from './evaluation-task.ts';
import type { Learn } from './learn.ts';
import { trainedOn } from './trained-on.ts';
import { runInWorker, WorkerTaskError } from './worker-task.ts';

type Body = RequestOf<typeof evaluateModel>['body'];
type RegisteredModel = NonNullable<Awaited<ReturnType<Learn['needs']['registry']['find']>>>;

/**
 * Measures a model in a worker thread and keeps the result.
 * @throws AttuneError `model_not_found`, `model_not_deployable`, `dataset_not_found`, `dataset_not_ready`,
 *   `not_enough_data`
 */
export async function evaluate(
  learn: Learn,
  organization: string,
  body: Body,
  signal: AbortSignal,
): Promise<Evaluation> {
  const { needs, platform } = learn;
  const model = await needs.registry.find(organization, body.model);
  if (model === null) throw new AttuneError('model_not_found', { param: 'model' });
  const rows = await rowsOf(learn, organization, body);
  const { excluded, measured } = await run(rows, await settingFor(learn, organization, model), signal);
  if (measured === null) throw nothingLeft(rows.length, excluded);
  const at = platform.clock.now();
  const evaluation = {
    id: newId(),
    model_id: model.modelId,
    data_hash: measured.dataHash,
    excluded_training_queries: excluded,
  };
  const metrics = JSON.stringify(measured.metrics);
  await insertEvaluation(platform.database.sql, { ...evaluation, organization, metrics, created_at: at });
  return { ...evaluation, metrics: measured.metrics, created_at: at.toISOString() };
}

/** The rows to measure on: those sent, or the validation split of the data set that is named. */
export async function rowsOf({ needs }: Learn, organization: string, body: Body): Promise<EvaluationRow[]> {
  if (body.ratings !== undefined) {
    return body.ratings.map(({ user_prompt: query, context, ai_response: response, rating }) => {
      return { type: 'rating', query, ...kept(context), response, rating };
    });
  }
  if (body.pairs !== undefined) {
    return body.pairs.map(({ prompt: query, context, chosen, rejected }) => ({
      type: 'pair',
      query,
      ...kept(context),
      chosen,
      rejected,
    }));
  }
  const dataset = await needs.datasets.open(organization, body.dataset ?? '');
  if (dataset === null) throw new AttuneError('dataset_not_found', { param: 'dataset' });
  const heldOut = [...dataset.ratings, ...dataset.pairs].filter((row) => row.split === 'validation');
  return dataset.ratings.length > 0 ? heldOut.filter((row) => row.type === 'rating') : heldOut;
}

/** A context as data sets have it: cut, and left out where there is none. */
function kept(context: string | null | undefined): { context?: string } {
  return context ? { context: cutContext(context) } : {};
}

/** A model's file, with the queries that it and what it was made from were trained on. @throws AttuneError `model_not_deployable` */
export async function settingFor(
  learn: Learn,
  organization: string,
  model: RegisteredModel,
): Promise<EvaluationSetting> {
  const artifact = await learn.platform.blobs.get(model.artifactSha256);
  if (artifact === undefined) {
    throw new AttuneError('model_not_deployable', { message: `${model.modelId} has lost its file.` });
  }
  const trainingQueries = await trainedOn(learn, organization, model.modelId);
  return { artifact, modelsFolder: learn.needs.modelsFolder, trainingQueries };
}

async function run(
  rows: EvaluationRow[],
  setting: EvaluationSetting,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  const program = new URL('./evaluation.worker.ts', import.meta.url);
  try {
    return await runInWorker<EvaluationSetting, EvaluationRow, never, EvaluationResult>({
      program,
      setting,
      rows,
      onEvent: () => undefined,
      signal,
    });
  } catch (error) {
    if (!(error instanceof WorkerTaskError) || error.code === null) throw error;
    throw new AttuneError('model_not_deployable', { message: error.message }, { cause: error });
  }
}

function nothingLeft(rows: number, excluded: number): AttuneError {
  const message =
    excluded === 0
      ? 'There are no rows to measure on.'
      : `All ${rows} rows have queries that the model was trained on.`;
  return new AttuneError('not_enough_data', { message });
}
