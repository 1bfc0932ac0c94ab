import { seededRandom, shuffled } from '@attune/core';
import type { Embedder } from '../embed/embedder.ts';
import { RewardError } from '../errors.ts';
import { evaluateScored } from '../evaluate/evaluation.ts';
import { scoredSet } from '../evaluate/scored-set.ts';
import { type RewardModel, rewardModel } from '../model/reward-model.ts';
import { balancedTargets, fitLogistic, sigmoid } from '../solve/logistic-regression.ts';
import { matrixOf, project } from '../solve/matrix.ts';
import { gatherItems } from './items.ts';
import { plainText } from './plain-text.ts';
import { assertSamples, type RatedSample } from './samples.ts';

/** How the plain recipe is run. */
export interface PlainOptions {
  seed: number;
  dataHash?: string;
  resamples?: number;
}

/** As the recipe has it. */
const MINIMUM_SAMPLES = 50;
const HELD_OUT = 0.12;

/**
 * The plain recipe that teams start from: the embedding of `prompt + " </s> " + response`, label rating ≥ 4, L2
 * logistic regression (C = 1) with balanced classes on 88 % of the samples; accuracy and AUC on the other 12 %.
 * Samples of one query stay on one side, so that the figures are those of unseen queries.
 *
 * @throws RewardError `too_few_samples` below 50, `one_class_only`, `bad_sample`
 */
export async function trainPlain(
  ratings: readonly RatedSample[],
  embedder: Embedder,
  options: PlainOptions,
): Promise<RewardModel> {
  assertSamples({ ratings });
  if (ratings.length < MINIMUM_SAMPLES)
    throw new RewardError(
      'too_few_samples',
      `The plain recipe needs ${MINIMUM_SAMPLES} rated samples; there are ${ratings.length}.`,
    );
  const vectors = await embedDistinct(ratings, embedder);
  const heldOut = heldOutRows(ratings, options.seed);
  const train = ratings.flatMap((_, row) => (heldOut.has(row) ? [] : [row]));
  const labels = train.map((row) => ratings[row]!.rating >= 4);
  if (new Set(labels).size < 2)
    throw new RewardError('one_class_only', 'Every sample has the same label, so there is nothing to learn.');
  const rows = matrixOf(train.map((row) => vectors[row]!));
  const fit = fitLogistic({ rows, points: balancedTargets(labels), pairs: [], penalty: 1 });
  const head = { weights: Float32Array.from(fit.weights), bias: fit.bias };
  const held = [...heldOut].sort((a, b) => a - b);
  const set = gatherItems({ ratings: held.map((row) => ratings[row]!) });
  const vectorOf = new Map(held.map((row) => [textOf(ratings[row]!), vectors[row]!]));
  const scores = project(
    matrixOf(set.items.map((item) => vectorOf.get(textOf(item))!)),
    fit.weights,
    fit.bias,
  );
  const metrics = evaluateScored(scoredSet(set, scores.map(sigmoid), options.seed), {
    seed: options.seed,
    resamples: options.resamples ?? 200,
  });
  const all = gatherItems({ ratings }).items;
  return rewardModel(
    { recipe: 'plain', head },
    {
      recipe: 'plain',
      embedder: embedder.id,
      data_hash: options.dataHash ?? null,
      data: {
        ratings: ratings.length,
        pairs: 0,
        responses: all.length,
        queries: new Set(all.map(({ group }) => group)).size,
      },
      seed: options.seed,
      features: ['embedding of prompt </s> response'],
      heads: ['overall'],
      configuration: null,
      length_controlled: false,
      measured_on: `${held.length} of ${ratings.length} samples held out by query`,
      metrics,
    },
    embedder,
  );
}

function textOf({ query, response }: { query: string; response: string }): string {
  return plainText(query, response);
}

/** Several people may rate one answer; it is embedded once. */
async function embedDistinct(ratings: readonly RatedSample[], embedder: Embedder): Promise<Float32Array[]> {
  const texts = [...new Set(ratings.map(textOf))];
  const vectors = await embedder.embed(texts);
  const byText = new Map(texts.map((text, index) => [text, vectors[index]!]));
  return ratings.map((sample) => byText.get(textOf(sample))!);
}

/** Whole queries in seeded random order until 12 % of the samples are held out; at least one query stays. */
function heldOutRows(ratings: readonly RatedSample[], seed: number): Set<number> {
  const byQuery = [...Map.groupBy(ratings.keys(), (row) => ratings[row]!.query).values()];
  const order = byQuery.length > 1 ? byQuery : ratings.map((_, row) => [row]);
  const held = new Set<number>();
  for (const rows of shuffled(order, seededRandom(seed)).slice(1)) {
    if (held.size + rows.length > Math.max(1, Math.round(HELD_OUT * ratings.length))) continue;
    for (const row of rows) held.add(row);
  }
  return held;
}
