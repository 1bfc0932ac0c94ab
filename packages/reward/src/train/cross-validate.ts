import type { Embedder } from '../embed/embedder.ts';
import { rememberingEmbedder } from '../embed/remembering-embedder.ts';
import { type Evaluation, evaluateScored } from '../evaluate/evaluation.ts';
import { scoredSet } from '../evaluate/scored-set.ts';
import { scoreRaw } from '../model/attune-score.ts';
import type { Score } from '../model/score.ts';
import { type AttuneOptions, fitAttune } from './attune.ts';
import { foldsByGroup } from './folds.ts';
import { gatherItems, type Item, queryNumbers } from './items.ts';
import { trainPlain } from './plain.ts';
import { type PreparedSet, prepare, subset } from './prepared.ts';
import { assertSamples, type RatedSample, type TrainingSamples } from './samples.ts';

/** How a cross-validation is run. */
export interface CrossValidationOptions extends AttuneOptions {
  folds: number;
  recipe: 'plain' | 'attune';
  /** Called after each fold. */
  onFold?: (done: number, of: number) => void;
}

/** One answer with the score of a model that never saw its query. */
export interface HeldOutScore extends Score {
  query: string;
  response: string;
  fold: number;
}

/** Out-of-fold scores and what they are worth. */
export interface CrossValidation {
  scores: HeldOutScore[];
  metrics: Evaluation;
}

/**
 * Trains on all folds but one and scores that one, for every fold; queries never cross. Everything that is learnt
 * (settings, word rarities, calibration) is learnt anew in each fold; only reading the texts is shared.
 *
 * @returns one score per distinct answer
 * @throws RewardError as the training does, when a fold leaves too little
 */
export async function crossValidate(
  samples: TrainingSamples,
  embedder: Embedder,
  options: CrossValidationOptions,
): Promise<CrossValidation> {
  assertSamples(samples);
  const set = gatherItems(samples);
  const folds = foldsByGroup(queryNumbers(set.items), options.folds, options.seed);
  const scoreFold =
    options.recipe === 'plain'
      ? plainScorer(samples.ratings ?? [], set.items, folds, rememberingEmbedder(embedder), options)
      : attuneScorer(await prepare(set, embedder), folds, embedder, options);
  const scores: HeldOutScore[] = new Array(set.items.length);
  const count = new Set(folds).size;
  for (let fold = 0; fold < count; fold++) {
    for (const [row, score] of await scoreFold(fold)) {
      const { query, response } = set.items[row]!;
      scores[row] = { query, response, fold, ...score };
    }
    options.onFold?.(fold + 1, count);
  }
  const rewards = scores.map(({ reward }) => reward);
  return {
    scores,
    metrics: evaluateScored(scoredSet(set, rewards, options.seed), { resamples: 1000, ...options }),
  };
}

type FoldScorer = (fold: number) => Promise<[number, Score][]>;

function attuneScorer(
  set: PreparedSet,
  folds: readonly number[],
  embedder: Embedder,
  options: AttuneOptions,
): FoldScorer {
  return async (fold) => {
    const { parameters } = fitAttune(
      subset(set, (row) => folds[row] !== fold),
      embedder,
      { ...options, resamples: 1 },
    );
    const held = subset(set, (row) => folds[row] === fold);
    const rows = folds.flatMap((f, row) => (f === fold ? [row] : []));
    if (parameters.recipe !== 'attune') throw new TypeError('fitAttune fits the attune recipe');
    return scoreRaw(parameters, held.raw).map((score, index) => [rows[index]!, score]);
  };
}

function plainScorer(
  ratings: readonly RatedSample[],
  items: readonly Item[],
  folds: readonly number[],
  embedder: Embedder,
  options: CrossValidationOptions,
): FoldScorer {
  const foldOf = new Map(items.map(({ query, response }, row) => [`${query}\0${response}`, folds[row]!]));
  return async (fold) => {
    const isHeld = ({ query, response }: RatedSample) => foldOf.get(`${query}\0${response}`) === fold;
    const train = ratings.filter((sample) => !isHeld(sample));
    const heldOut = ratings.filter(isHeld);
    const model = await trainPlain(train, embedder, { ...options, heldOut, resamples: 1 });
    const scored: [number, Score][] = [];
    for (const [row, { query, response }] of items.entries()) {
      if (folds[row] === fold) scored.push([row, (await model.score(query, [response]))[0]!]);
    }
    return scored;
  };
}
