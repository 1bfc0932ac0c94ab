import { availableParallelism } from 'node:os';
import type { Metrics } from '@attune/contracts';
import {
  type Embedder,
  loadEmbedder,
  type RewardModel,
  type RewardScorer,
  serialiseModel,
  type TrainingSamples,
  trainAttune,
  trainPlain,
} from '@attune/reward';
import { counting } from './counting-embedder.ts';
import { type ErrorTables, errorTables } from './error-tables.ts';
import { measureRewards, rewardsBy } from './measure-model.ts';
import { packQueries } from './training-queries.ts';
import { samplesOf } from './training-samples.ts';
import type { TrainingNews, TrainingResult, TrainingRow, TrainingSetting } from './training-task.ts';

/** More would keep a small machine from answering while it trains, and each has weights of its own. */
const THREADS = Math.min(2, availableParallelism());

type Tell = (news: TrainingNews) => void;

/**
 * One run of a linear reward model's recipe: trained on the training split of a frozen data set, measured on its
 * validation split. The artifact depends on the rows, the hyperparameters and the code, on nothing else.
 * @throws RewardError `too_few_samples`, `one_class_only`, `bad_sample`, `model_damaged`
 */
export async function trainRewardModel(
  setting: TrainingSetting,
  rows: readonly TrainingRow[],
  tell: Tell,
): Promise<TrainingResult> {
  const training = rows.filter((row) => row.split === 'train');
  const heldOut = rows.filter((row) => row.split === 'validation');
  const validation = samplesOf(heldOut);
  const samples = samplesOf(training);
  const texts = textsIn(samples);
  const embedder = counting(
    await loadEmbedder(setting.hyperparameters.embedder, setting.modelsFolder, { threads: THREADS }),
    (read) => read <= texts && tell({ type: 'progress', stage: 'training', done: read, total: texts }),
  );
  const model = await fit(setting, { samples, validation, embedder, tell });
  const { metrics, errors } = await validate(setting, model, heldOut, tell);
  await embedder.close();
  const trainingQueries = packQueries(training.map((row) => row.query));
  return {
    artifact: serialiseModel(model),
    baseModel: embedder.id,
    card: cardOf(setting, model, metrics, trainingQueries),
    metrics,
    errors,
    trainingQueries,
  };
}

interface Fit {
  samples: Required<TrainingSamples>;
  validation: Required<TrainingSamples>;
  embedder: Embedder;
  tell: Tell;
}

function fit(
  { hyperparameters: { recipe, seed, length_controlled }, dataset }: TrainingSetting,
  { samples, validation, embedder, tell }: Fit,
): Promise<RewardModel> {
  const options = { seed, dataHash: dataset.contentHash };
  if (recipe === 'attune') {
    const onFit = (done: number, total: number) => tell({ type: 'progress', stage: 'fitting', done, total });
    return trainAttune(samples, embedder, { ...options, lengthControlled: length_controlled, onFit });
  }
  const heldOut = validation.ratings;
  // Without a validation split the recipe holds out a part by itself.
  return trainPlain(samples.ratings, embedder, heldOut.length > 0 ? { ...options, heldOut } : options);
}

async function validate(
  { hyperparameters: { seed } }: TrainingSetting,
  model: RewardModel,
  heldOut: readonly TrainingRow[],
  tell: Tell,
): Promise<{ metrics: Metrics | null; errors: ErrorTables }> {
  const validation = samplesOf(heldOut);
  const total = validation.ratings.length + 2 * validation.pairs.length;
  if (total === 0) return { metrics: null, errors: {} };
  const scorer: Pick<RewardScorer, 'score'> = {
    score: ({ query }, responses) => model.score(query, responses),
  };
  const rewardOf = await rewardsBy(scorer, validation, (done) =>
    tell({ type: 'progress', stage: 'evaluating', done, total }),
  );
  const metrics = measureRewards(rewardOf, validation, seed);
  for (const name of ['accuracy', 'auc', 'pair_accuracy'] as const) {
    const value = metrics[name]?.value;
    if (typeof value === 'number') tell({ type: 'metric', name: `validation_${name}`, value, step: 0 });
  }
  const ratings = heldOut.filter((row) => row.type === 'rating');
  return { metrics, errors: errorTables(ratings, rewardOf, seed) };
}

/** What a reader needs to trust the model or make it again. */
function cardOf(
  { hyperparameters, dataset, codeVersion }: TrainingSetting,
  model: RewardModel,
  metrics: Metrics | null,
  trainingQueries: Uint8Array,
): Record<string, unknown> {
  return {
    ...model.card,
    hyperparameters,
    dataset: { id: dataset.id, name: dataset.name },
    code_version: codeVersion,
    training_queries: trainingQueries.byteLength / 8,
    validation: metrics,
  };
}

/** Texts that the embedder reads while training, each once. */
function textsIn({ ratings, pairs }: Required<TrainingSamples>): number {
  return new Set([
    ...ratings.flatMap(({ query, response }) => [query, response]),
    ...pairs.flatMap(({ query, chosen, rejected }) => [query, chosen, rejected]),
  ]).size;
}
