import type { Embedder } from '../embed/embedder.ts';
import { RewardError } from '../errors.ts';
import { evaluateScored } from '../evaluate/evaluation.ts';
import { scoredSet } from '../evaluate/scored-set.ts';
import { designFromDense, learnLayout } from '../features/design.ts';
import { INTERACTION_BLOCKS } from '../features/interactions.ts';
import { DENSE_FEATURES } from '../features/raw-features.ts';
import type { AttuneParameters, Head } from '../model/linear-model.ts';
import type { ModelCard } from '../model/model-card.ts';
import { type RewardModel, rewardModel } from '../model/reward-model.ts';
import { sigmoid } from '../solve/logistic-regression.ts';
import { type Calibration, fitPlatt } from '../solve/platt.ts';
import { type Choice, chooseConfiguration, configurationsTried } from './choose-configuration.ts';
import { fitHead, type Targets } from './fit.ts';
import { foldsByGroup } from './folds.ts';
import { gatherItems, type HeadName, type Item, queryNumbers } from './items.ts';
import { LENGTH_COLUMN, outOfFoldScores } from './out-of-fold.ts';
import { type DenseSet, densify, type PreparedSet, prepare } from './prepared.ts';
import { assertSamples, DIMENSIONS, type TrainingSamples } from './samples.ts';
import { goodness, pairTargets, pointTargets } from './targets.ts';

/** How Attune's recipe is run. */
export interface AttuneOptions {
  /** Everything random follows from it. */
  seed: number;
  /** Scores that do not rise or fall with length over the training answers; default false. */
  lengthControlled?: boolean;
  /** Hash of the training data for the model card. */
  dataHash?: string;
  /** Resamples behind each interval of the card; default 200. */
  resamples?: number;
  /** Hears, once the texts are read, how many of the fits are done. */
  onFit?: (done: number, of: number) => void;
}

/** Rated answers, or answers in pairs, below which nothing is trained. */
export const MINIMUM_RESPONSES = 50;
const FOLDS = 4;

/**
 * Attune's linear reward model: similarity, overlap, surface and interaction features; a pointwise and a pairwise
 * objective; settings chosen by cross-validation grouped by query; scores calibrated to the probability that people
 * rate an answer 4 or better (with comparisons alone: that it is the preferred one). One head per rated dimension.
 *
 * @throws RewardError `too_few_samples`, `one_class_only`, `bad_sample`
 */
export async function trainAttune(
  samples: TrainingSamples,
  embedder: Embedder,
  options: AttuneOptions,
): Promise<RewardModel> {
  assertSamples(samples);
  const set = gatherItems(samples);
  assertEnough(set.items);
  return fitAttune(await prepare(set, embedder), embedder, options);
}

/** The same from texts that have been read already. */
export function fitAttune(prepared: PreparedSet, embedder: Embedder, options: AttuneOptions): RewardModel {
  assertEnough(prepared.items);
  const set = densify(prepared);
  const lengthControlled = options.lengthControlled ?? false;
  const folds = foldsByGroup(queryNumbers(set.items), FOLDS, options.seed);
  const targets = headTargets(set, 'overall', options.seed);
  const heads = ratedHeads(set.items);
  const onFitted = counted(configurationsTried(targets) + heads.length, options.onFit);
  const choice = chooseConfiguration(set, targets, folds, { lengthControlled, onTried: onFitted });
  const parameters: AttuneParameters = {
    recipe: 'attune',
    layout: learnLayout(set.dense, choice.configuration.interaction, set.rarity),
    heads: new Map(),
  };
  const calibration = calibrate(set.items, 'overall', choice.scores);
  const rows = designFromDense(set.raw, set.dense, parameters.layout);
  for (const head of heads) {
    const own = headTargets(set, head, options.seed);
    const scores =
      head === 'overall'
        ? choice.scores
        : outOfFoldScores(set, own, folds, choice.configuration, lengthControlled);
    const fit = fitHead(rows, own, {
      ...choice.configuration,
      ...(lengthControlled ? { control: LENGTH_COLUMN } : {}),
      solver: { tolerance: 1e-3, maxIterations: 300 },
    });
    parameters.heads.set(head, calibrated(fit, calibrate(set.items, head, scores)));
    onFitted();
  }
  const rewards = choice.scores.map((score) => sigmoid(calibration.slope * score + calibration.offset));
  return rewardModel(parameters, modelCard(set, choice, rewards, parameters, embedder, options), embedder);
}

/** Calls `onFit` with one more done each time. */
function counted(of: number, onFit: AttuneOptions['onFit']): () => void {
  let done = 0;
  return () => onFit?.(++done, of);
}

function assertEnough(items: readonly Item[]): void {
  if (items.length < MINIMUM_RESPONSES)
    throw new RewardError(
      'too_few_samples',
      `Training needs ratings or comparisons of at least ${MINIMUM_RESPONSES} answers; there are ${items.length}.`,
    );
  const targets = new Set(items.map((item) => goodness(item, 'overall')?.target));
  if (targets.size < 2)
    throw new RewardError(
      'one_class_only',
      'Every answer has the same rating, so there is nothing to learn.',
    );
}

function headTargets(set: PreparedSet, head: HeadName, seed: number): Targets {
  return { points: pointTargets(set.items, head), pairs: pairTargets(set, head, seed) };
}

/** Overall, and each dimension with enough answers rated good and not good. */
function ratedHeads(items: readonly Item[]): HeadName[] {
  const enough = DIMENSIONS.filter((dimension) => {
    const rated = items.flatMap(({ ratings }) => ratings[dimension] ?? []);
    const good = rated.filter((sum) => sum.stars / sum.weight >= 4).length;
    return rated.length >= MINIMUM_RESPONSES && good > 0 && good < rated.length;
  });
  return ['overall', ...enough];
}

function calibrate(items: readonly Item[], head: HeadName, scores: Float64Array): Calibration {
  return fitPlatt(
    items.flatMap((item, row) => {
      const target = calibrationTarget(item, head);
      return target === undefined ? [] : [{ score: scores[row]!, target, weight: 1 }];
    }),
  );
}

function calibrationTarget(item: Item, head: HeadName): number | undefined {
  const ratings = item.ratings[head];
  if (ratings !== undefined) return ratings.stars / ratings.weight >= 4 ? 1 : 0;
  return goodness(item, head)?.target;
}

function calibrated(
  { weights, bias }: { weights: Float64Array; bias: number },
  { slope, offset }: Calibration,
): Head {
  return { weights: Float32Array.from(weights, (weight) => weight * slope), bias: bias * slope + offset };
}

function modelCard(
  set: DenseSet,
  { configuration }: Choice,
  rewards: Float64Array,
  { heads }: AttuneParameters,
  embedder: Embedder,
  { seed, dataHash, lengthControlled, resamples = 200 }: AttuneOptions,
): ModelCard {
  return {
    recipe: 'attune',
    embedder: embedder.id,
    data_hash: dataHash ?? null,
    data: {
      ratings: set.ratings,
      pairs: set.pairs,
      responses: set.items.length,
      queries: new Set(set.items.map(({ group }) => group)).size,
    },
    seed,
    features: [...DENSE_FEATURES, ...INTERACTION_BLOCKS],
    heads: [...heads.keys()],
    configuration,
    length_controlled: lengthControlled ?? false,
    measured_on: `out-of-fold scores of the training data, ${FOLDS} folds by query; settings and calibration were chosen on the same folds, so these figures are slightly optimistic`,
    metrics: evaluateScored(scoredSet(set, rewards, seed), { seed, resamples }),
  };
}
