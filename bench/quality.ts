/**
 * How good the shipped recipes are on questions they never saw: five folds of the demo corpus by question, both
 * recipes with both embedders, beside chance, the longest and the best answer. Intervals resample whole questions.
 */
import { join } from 'node:path';
import { bestOfN, type Estimate } from '@attune/core';
import {
  type CrossValidation,
  crossValidate,
  type Embedder,
  type EmbedderName,
  loadEmbedder,
} from '@attune/reward';
import { type DemoQuestion, readCorpus } from '../apps/server/src/cli/demo/corpus.ts';

const models = join(import.meta.dirname, '../models');
const FOLDS = 5;
const SEED = 1;
const RESAMPLES = 1000;

/** Recipes that are compared; the length-controlled one does not reward length. */
const RECIPES = [
  { name: 'plain recipe', recipe: 'plain', lengthControlled: false },
  { name: 'Attune', recipe: 'attune', lengthControlled: false },
  { name: 'Attune, length-controlled', recipe: 'attune', lengthControlled: true },
] as const;

/** The corpus' four levels as stars, by whole stars as shipped and in two other ways. */
const MAPPINGS = {
  '1, 2, 4, 5': [1, 2, 4, 5],
  'evenly spaced, 1 + 4k/3': [1, 7 / 3, 11 / 3, 5],
  '1, 3, 4, 5': [1, 3, 4, 5],
} as const;

export interface QualityRow {
  recipe: (typeof RECIPES)[number]['name'];
  embedder: EmbedderName;
  /** Mean rating, 1–5, of the answer with the highest reward. */
  mean_rating: Estimate;
  /** Share of the way from a random answer to the best one. */
  gap_closed: Estimate;
  pair_accuracy: Estimate | null;
  auc: Estimate | null;
  accuracy: Estimate | null;
  /** Expected calibration error, 0–1. */
  calibration_error: number | null;
  /** Spearman's correlation of reward and length. */
  length_correlation: Estimate | null;
}

export interface QualityResult {
  corpus: { questions: number; answers: number; ratings: number };
  folds: number;
  rows: QualityRow[];
  /** What needs no model. Longest by words; accuracy of always saying what is more frequent. */
  baselines: {
    random: Estimate;
    longest: Estimate | null;
    oracle: Estimate;
    length_pair_accuracy: Estimate | null;
    length_auc: Estimate | null;
    majority_accuracy: Estimate | null;
  };
  /** Mean rating of a random, the longest (by characters) and the best answer, by how levels become stars. */
  mappings: { stars: string; random: Estimate; longest: Estimate; oracle: Estimate }[];
}

/** @param options `rows`: the first so many questions instead of all 427 */
export async function quality({ rows: questionCount }: { rows?: number }): Promise<QualityResult> {
  const questions = (await readCorpus()).slice(0, questionCount);
  const rows: QualityRow[] = [];
  let last: CrossValidation | undefined;
  for (const name of ['static', 'minilm'] as const) {
    const embedder = await loadEmbedder(name, models, { threads: 2 });
    for (const recipe of RECIPES) {
      last = await crossValidated(questions, embedder, recipe);
      rows.push(rowOf(recipe.name, name, last));
    }
    await embedder.close();
  }
  if (last === undefined) throw new Error('nothing was measured');
  return {
    corpus: {
      questions: questions.length,
      answers: questions.flatMap(({ answers }) => answers).length,
      ratings: ratingsOf(questions).length,
    },
    folds: FOLDS,
    rows,
    baselines: baselinesOf(last),
    mappings: Object.entries(MAPPINGS).map(([stars, values]) => mapped(stars, values, questions)),
  };
}

function crossValidated(
  questions: readonly DemoQuestion[],
  embedder: Embedder,
  { recipe, lengthControlled }: (typeof RECIPES)[number],
): Promise<CrossValidation> {
  const options = { recipe, lengthControlled, folds: FOLDS, seed: SEED, resamples: RESAMPLES };
  return crossValidate({ ratings: ratingsOf(questions) }, embedder, options);
}

function ratingsOf(questions: readonly DemoQuestion[]) {
  return questions.flatMap(({ question: query, answers }) =>
    answers.flatMap(({ text: response, ratings }) => ratings.map((rating) => ({ query, response, rating }))),
  );
}

function rowOf(
  recipe: QualityRow['recipe'],
  embedder: EmbedderName,
  { metrics }: CrossValidation,
): QualityRow {
  const { mean_rating, gap_closed } = contested(metrics);
  return {
    recipe,
    embedder,
    mean_rating,
    gap_closed,
    pair_accuracy: metrics.pair_accuracy,
    auc: metrics.auc,
    accuracy: metrics.accuracy,
    calibration_error: metrics.calibration?.expected_error ?? null,
    length_correlation: metrics.length_correlation,
  };
}

function baselinesOf({ metrics }: CrossValidation): QualityResult['baselines'] {
  const { random, oracle } = contested(metrics);
  const { longest_of_n, length_pair_accuracy, length_auc, majority_accuracy } = metrics.baselines;
  return { random, longest: longest_of_n, oracle, length_pair_accuracy, length_auc, majority_accuracy };
}

function contested({ best_of_n }: CrossValidation['metrics']) {
  if (best_of_n === null) throw new Error('every question of the corpus has several answers');
  return best_of_n;
}

function mapped(stars: string, values: readonly number[], questions: readonly DemoQuestion[]) {
  const worthOf = new Map<number, number | undefined>(
    MAPPINGS['1, 2, 4, 5'].map((shipped, level) => [shipped, values[level]]),
  );
  const groups = questions.map(({ answers }) => ({
    scores: answers.map(({ text }) => text.length),
    ratings: answers.map(({ ratings }) => {
      const worth = ratings.map((rating) => worthOf.get(rating) ?? Number.NaN);
      return worth.reduce((sum, value) => sum + value, 0) / worth.length;
    }),
  }));
  const { mean_rating, random, oracle } = bestOfN(groups, { seed: SEED, resamples: RESAMPLES });
  return { stars, random, longest: mean_rating, oracle };
}
