import { seededRandom, shuffled } from '@attune/core';
import type { Embedder } from '../embed/embedder.ts';
import { RewardError } from '../errors.ts';
import { type Evaluation, evaluateScored } from '../evaluate/evaluation.ts';
import { scoredSet } from '../evaluate/scored-set.ts';
import { type RewardModel, rewardModel } from '../model/reward-model.ts';
import { balancedTargets, fitLogistic, type LinearFit, sigmoid } from '../solve/logistic-regression.ts';
import { matrixOf, project } from '../solve/matrix.ts';
import { gatherItems } from './items.ts';
import { plainText } from './plain-text.ts';
import { assertSamples, type RatedSample } from './samples.ts';

/** How the plain recipe is run. */
export interface PlainOptions {
  seed: number;
  dataHash?: string;
  resamples?: number;
  /** Samples to measure on, of other queries: then all of the given ratings are trained on. */
  heldOut?: readonly RatedSample[];
}

/** As the recipe has it. */
const MINIMUM_SAMPLES = 50;
const HELD_OUT = 0.12;

interface Split {
  train: readonly RatedSample[];
  held: readonly RatedSample[];
}

/**
 * The plain recipe that teams start from: the embedding of `prompt + " </s> " + response`, label rating ≥ 4, L2
 * logistic regression (C = 1) with balanced classes on 88 % of the samples; accuracy and AUC on the other 12 %, or on
 * those that are given for it. Samples of one query stay on one side, so that the figures are those of unseen queries.
 *
 * @throws RewardError `too_few_samples` below 50, `one_class_only`, `bad_sample`
 */
export async function trainPlain(
  ratings: readonly RatedSample[],
  embedder: Embedder,
  options: PlainOptions,
): Promise<RewardModel> {
  const split = splitOf(ratings, options);
  const all = [...split.train, ...split.held];
  assertSamples({ ratings: all });
  if (all.length < MINIMUM_SAMPLES)
    throw new RewardError(
      'too_few_samples',
      `The plain recipe needs ${MINIMUM_SAMPLES} rated samples; there are ${all.length}.`,
    );
  const vectorOf = await readTexts(all, embedder);
  const fit = fitPlain(split.train, vectorOf);
  const { items } = gatherItems({ ratings });
  return rewardModel(
    { recipe: 'plain', head: { weights: Float32Array.from(fit.weights), bias: fit.bias } },
    {
      recipe: 'plain',
      embedder: embedder.id,
      data_hash: options.dataHash ?? null,
      data: {
        ratings: ratings.length,
        pairs: 0,
        responses: items.length,
        queries: new Set(items.map(({ group }) => group)).size,
      },
      seed: options.seed,
      features: ['embedding of prompt </s> response'],
      heads: ['overall'],
      configuration: null,
      length_controlled: false,
      measured_on: `${split.held.length} of ${all.length} samples held out by query`,
      metrics: measured(split.held, fit, vectorOf, options),
    },
    embedder,
  );
}

function splitOf(ratings: readonly RatedSample[], { heldOut, seed }: PlainOptions): Split {
  if (heldOut !== undefined) return { train: ratings, held: heldOut };
  const held = heldOutRows(ratings, seed);
  return {
    train: ratings.filter((_, row) => !held.has(row)),
    held: ratings.filter((_, row) => held.has(row)),
  };
}

function fitPlain(train: readonly RatedSample[], vectorOf: VectorOf): LinearFit {
  const labels = train.map(({ rating }) => rating >= 4);
  if (new Set(labels).size < 2)
    throw new RewardError('one_class_only', 'Every sample has the same label, so there is nothing to learn.');
  return fitLogistic({
    rows: matrixOf(train.map(vectorOf)),
    points: balancedTargets(labels),
    pairs: [],
    penalty: 1,
  });
}

function measured(
  held: readonly RatedSample[],
  { weights, bias }: LinearFit,
  vectorOf: VectorOf,
  { seed, resamples = 200 }: PlainOptions,
): Evaluation {
  const set = gatherItems({ ratings: held });
  const scores = project(matrixOf(set.items.map(vectorOf)), weights, bias);
  return evaluateScored(scoredSet(set, scores.map(sigmoid), seed), { seed, resamples });
}

type Answer = { query: string; response: string };
type VectorOf = (answer: Answer) => Float32Array;

/** Several people may rate one answer; it is embedded once. */
async function readTexts(answers: readonly Answer[], embedder: Embedder): Promise<VectorOf> {
  const texts = [...new Set(answers.map(textOf))];
  const vectors = await embedder.embed(texts);
  const byText = new Map(texts.map((text, index) => [text, vectors[index]!]));
  return (answer) => byText.get(textOf(answer))!;
}

function textOf({ query, response }: Answer): string {
  return plainText(query, response);
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
