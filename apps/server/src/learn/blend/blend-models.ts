import { AttuneError, type Blend, type blendModels as endpoint, type RequestOf } from '@attune/contracts';
import { rowsOf, settingFor } from '../evaluate.ts';
import type { Learn } from '../learn.ts';
import { runInWorker, WorkerTaskError } from '../worker-task.ts';
import type { BlendResult, BlendRow, BlendSetting, MadeBlend } from './blend-task.ts';

type Body = RequestOf<typeof endpoint>['body'];
type RegisteredModel = NonNullable<Awaited<ReturnType<Learn['needs']['registry']['find']>>>;

/**
 * Weighs two models on the validation split of a frozen data set and registers the blend in `testing`, recommended
 * or not.
 * @throws AttuneError `model_not_found`, `model_not_deployable`, `dataset_not_found`, `dataset_not_ready`,
 *   `not_enough_data`
 */
export async function blendModels(
  learn: Learn,
  organization: string,
  body: Body,
  signal: AbortSignal,
): Promise<Blend> {
  const models = [
    await modelNamed(learn, organization, body.models[0]),
    await modelNamed(learn, organization, body.models[1]),
  ] as const;
  const dataset = await learn.needs.datasets.open(organization, body.dataset);
  if (dataset === null) throw new AttuneError('dataset_not_found', { param: 'dataset' });
  const rows = await rowsOf(learn, organization, { model: '', dataset: dataset.id });
  const [first, second] = [
    await settingFor(learn, organization, models[0]),
    await settingFor(learn, organization, models[1]),
  ];
  const { excluded, questions, made } = await run(
    {
      artifacts: [first.artifact, second.artifact],
      modelsFolder: first.modelsFolder,
      trainingQueries: [first.trainingQueries, second.trainingQueries],
    },
    rows,
    signal,
  );
  if (made === null) throw tooFew(questions, excluded);
  const names = [models[0].modelId, models[1].modelId] as const;
  const gains = made.gains.map((gain, at) => ({ model_id: names[at] ?? '', pair_accuracy: shown(gain) }));
  const recommended = made.gains.every(({ ci: [low] }) => low > 0);
  const { weight, metrics } = made;
  const known = { models: [...names] as [string, string], weight, gains, recommended };
  const artifact = { sha256: await learn.platform.blobs.put(made.artifact), bytes: made.artifact.byteLength };
  const queries = await learn.platform.blobs.put(
    Buffer.concat([first.trainingQueries, second.trainingQueries, made.queries]),
  );
  const { modelId } = await learn.needs.registry.register({
    organization,
    name: body.name,
    jobId: null,
    datasetId: dataset.id,
    baseModel: names.join(' + '),
    card: {
      ...cardOf(made),
      ...known,
      dataset: { id: dataset.id, name: dataset.name },
      training_queries_sha256: queries,
    },
    metrics: { ...metrics },
    kind: 'reward',
    artifact,
  });
  return { model_id: modelId, ...known, excluded_training_queries: excluded, metrics };
}

async function modelNamed(learn: Learn, organization: string, name: string): Promise<RegisteredModel> {
  const model = await learn.needs.registry.find(organization, name);
  if (model === null) {
    throw new AttuneError('model_not_found', {
      param: 'models',
      message: `There is no reward model ${name}.`,
    });
  }
  return model;
}

function cardOf({ coefficients, intercept, metrics, dataHash }: MadeBlend): Record<string, unknown> {
  return {
    recipe: 'blend',
    coefficients,
    intercept,
    measured_on: 'questions that neither model was trained on, each by a weight that other questions chose',
    data_hash: dataHash,
    validation: metrics,
  };
}

async function run(setting: BlendSetting, rows: BlendRow[], signal: AbortSignal): Promise<BlendResult> {
  const program = new URL('./blend.worker.ts', import.meta.url);
  const onEvent = () => undefined;
  try {
    return await runInWorker<BlendSetting, BlendRow, never, BlendResult>({
      program,
      setting,
      rows,
      onEvent,
      signal,
    });
  } catch (error) {
    if (!(error instanceof WorkerTaskError) || error.code === null) throw error;
    throw new AttuneError('model_not_deployable', { message: error.message }, { cause: error });
  }
}

function shown({ value, ci: [low, high], n }: MadeBlend['gains'][0]) {
  const known = (bound: number) => (Number.isFinite(bound) ? bound : null);
  return { value, ci: [known(low), known(high)] as [number | null, number | null], n };
}

function tooFew(questions: number, excluded: number): AttuneError {
  const left = excluded === 0 ? '' : `; ${excluded} rows were left out, whose query a model was trained on`;
  const message = `Weighing two models takes 20 questions with answers to compare; there are ${questions}${left}.`;
  return new AttuneError('not_enough_data', { message });
}
