import type { Metrics } from '@attune/contracts';
import {
  accuracy,
  answerCalibrationError,
  auc,
  bestOfN,
  bootstrap,
  type Estimate,
  mean,
  meanAbsoluteError,
  meanSquaredError,
  pairAccuracy,
  pearson,
  questionKey,
  spearman,
} from '@attune/core';
import { comparisonsWithin, ratedAnswers } from './rated-answers.ts';

/** A person's rating beside what the model says; reward 0–1, rating 1–5. */
export interface ScoredRating {
  query: string;
  context?: string | undefined;
  response: string;
  rating: number;
  reward: number;
}

/** Two answers of which a person chose one, with the model's rewards and their lengths in characters. */
export interface ScoredPair {
  query: string;
  context?: string | undefined;
  chosen: { reward: number; length: number };
  rejected: { reward: number; length: number };
}

/** Answers from this rating on count as good, as in training. */
const GOOD = 4;
/** A reward from here on says that the answer is good. */
const SAYS_GOOD = 0.5;
const RESAMPLES = 1000;
const FEWEST_RESAMPLES = 200;
/** Rows drawn in all resamples of one interval: what keeps 100,000 rows within seconds. */
const DRAWN_ROWS = 20_000_000;

/**
 * Every measurement of a reward model on ratings and pairs, with the majority and the longest answer beside it.
 * Intervals are 95 % and resample whole queries (1,000 times; from 20,000 rows on fewer, at least 200). What the
 * data cannot say is null.
 *
 * Pairs are the given ones and every two answers to one query (after the same turns) whose mean ratings differ. The majority baseline
 * knows the larger class of these very rows, which is the most that it can be. The calibration error is by answers.
 */
export function measure(
  ratings: readonly ScoredRating[],
  pairs: readonly ScoredPair[],
  seed: number,
): Metrics {
  const keyed = ratings.map((row) => ({ ...row, key: questionKey(row) }));
  const answers = [...Map.groupBy(keyed, (row) => row.key).values()].map(ratedAnswers);
  const compared = [
    ...pairs.map((pair) => ({ ...pair, key: questionKey(pair) })),
    ...answers.flatMap((group) => comparisonsWithin(group, seed)),
  ];
  const overRatings = estimator(keyed, seed);
  const overPairs = estimator(compared, seed);
  const choices = answers.filter((group) => group.length > 1);
  const choose = (score: (answer: (typeof answers)[0][0]) => number) =>
    bestOfN(
      choices.map((group) => ({ scores: group.map(score), ratings: group.map((a) => a.rating) })),
      { seed, resamples: resamplesFor(choices.length) },
    );
  const byReward = choices.length === 0 ? null : choose((answer) => answer.reward);
  const byLength = choices.length === 0 ? null : choose((answer) => answer.length);
  return {
    n: ratings.length + pairs.length,
    queries: new Set([...keyed, ...compared].map((row) => row.key)).size,
    accuracy: overRatings((rows) =>
      accuracy(
        rows.map((row) => row.reward >= SAYS_GOOD),
        rows.map(isGood),
      ),
    ),
    auc: overRatings((rows) => auc(rows.map(rewardOf), rows.map(isGood))),
    pair_accuracy: overPairs((rows) => pairAccuracy(rows.map((r) => r.chosen.reward - r.rejected.reward))),
    mse: overRatings((rows) => meanSquaredError(rows.map(rewardOf), rows.map(scaled))),
    mae: overRatings((rows) => meanAbsoluteError(rows.map(rewardOf), rows.map(scaled))),
    pearson: overRatings((rows) => pearson(rows.map(rewardOf), rows.map(scaled))),
    ece: known(answerCalibrationError(answers.flat())),
    length_correlation: lengthCorrelation(ratings, pairs),
    best_of_n: byReward && {
      mean_rating: shown(byReward.mean_rating),
      random: shown(byReward.random),
      oracle: shown(byReward.oracle),
      gap_closed: shown(byReward.gap_closed),
    },
    baselines: {
      majority: { accuracy: overRatings((rows) => majority(rows.map(isGood))) },
      length: {
        auc: overRatings((rows) =>
          auc(
            rows.map((row) => row.response.length),
            rows.map(isGood),
          ),
        ),
        pair_accuracy: overPairs((rows) =>
          pairAccuracy(rows.map((r) => r.chosen.length - r.rejected.length)),
        ),
        best_of_n: byLength && shown(byLength.mean_rating),
      },
    },
  };
}

const isGood = (row: { rating: number }) => row.rating >= GOOD;
const rewardOf = (row: { reward: number }) => row.reward;
/** A rating of 1–5 on the scale of rewards. */
const scaled = (row: { rating: number }) => (row.rating - 1) / 4;

function majority(labels: readonly boolean[]): number {
  const share = mean(labels.map(Number));
  return Math.max(share, 1 - share);
}

/** Statistics of rows resampled by query; null where there are no rows or they cannot say. */
function estimator<Row extends { key: string }>(rows: readonly Row[], seed: number) {
  const groups = [...Map.groupBy(rows, (row) => row.key).values()];
  const resamples = resamplesFor(rows.length);
  return (statistic: (rows: Row[]) => number) => {
    if (rows.length === 0) return null;
    const estimate = bootstrap(groups, statistic, { seed, resamples });
    return Number.isNaN(estimate.value) ? null : shown(estimate);
  };
}

function resamplesFor(rows: number): number {
  return Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, Math.floor(DRAWN_ROWS / Math.max(1, rows))));
}

function lengthCorrelation(ratings: readonly ScoredRating[], pairs: readonly ScoredPair[]): number | null {
  const answers = [
    ...ratings.map(({ reward, response }) => ({ reward, length: response.length })),
    ...pairs.flatMap(({ chosen, rejected }) => [chosen, rejected]),
  ];
  return known(
    spearman(
      answers.map(rewardOf),
      answers.map((answer) => answer.length),
    ),
  );
}

function shown({ value, ci, n }: Estimate) {
  return { value: known(value), ci: [known(ci[0]), known(ci[1])] as [number | null, number | null], n };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
