import {
  accuracy,
  answerCalibrationError,
  auc,
  type BestOfN,
  bestOfN,
  bootstrap,
  type Estimate,
  pairAccuracy,
  pearson,
  type ReliabilityBin,
  reliability,
  spearman,
  wilson,
} from '@attune/core';
import type { ScoredAnswer, ScoredPair, ScoredSet } from './scored-set.ts';

/**
 * How good a reward model is, beside what the simplest rules reach. Intervals are bootstrapped over queries.
 * Null where the data say nothing about a metric: no ratings, no comparisons, one class only.
 */
export interface Evaluation {
  n: { queries: number; responses: number; pairs: number };
  /** Share of answers on the right side of 0.5, where a mean rating of 4 or more is good. */
  accuracy: Estimate | null;
  auc: Estimate | null;
  /** Share of comparisons within a query won by the better answer. */
  pair_accuracy: Estimate | null;
  /** Correlation of reward and mean rating. */
  pearson: Estimate | null;
  /** Mean rating of the delivered answer where several answers of a query were rated. */
  best_of_n: BestOfN | null;
  baselines: {
    /** Accuracy of always saying what is more frequent. */
    majority_accuracy: Estimate | null;
    length_auc: Estimate | null;
    length_pair_accuracy: Estimate | null;
    longest_of_n: Estimate | null;
  };
  /** By answers: `answerCalibrationError`. */
  calibration: { expected_error: number; bins: ReliabilityBin[] } | null;
  /** Spearman's correlation of reward and length in words. */
  length_correlation: Estimate | null;
}

/** Seed and size of the bootstrap. */
export interface EvaluationOptions {
  seed: number;
  resamples?: number;
}

type Rated = ScoredAnswer & { rating: number };

/** Measures rewards against what people said. */
export function evaluateScored({ answers, pairs }: ScoredSet, options: EvaluationOptions): Evaluation {
  const rated = answers.filter((answer): answer is Rated => answer.rating !== undefined);
  const over = clustered(options);
  const contested = [...Map.groupBy(rated, ({ group }) => group).values()].filter(
    (group) => group.length > 1,
  );
  const twoClasses = new Set(rated.map(isGood)).size === 2;
  const best = (score: (answer: Rated) => number) =>
    bestOfN(
      contested.map((group) => ({ scores: group.map(score), ratings: group.map(({ rating }) => rating) })),
      options,
    );
  return {
    n: {
      queries: new Set(answers.map(({ group }) => group)).size,
      responses: answers.length,
      pairs: pairs.length,
    },
    accuracy: over(rated, (rows) =>
      accuracy(
        rows.map(({ reward }) => reward >= 0.5),
        rows.map(isGood),
      ),
    ),
    auc: twoClasses
      ? over(rated, (rows) =>
          auc(
            rows.map(({ reward }) => reward),
            rows.map(isGood),
          ),
        )
      : null,
    pair_accuracy: over(pairs, (rows) => pairAccuracy(rows.map(({ margin }) => margin))),
    pearson: over(rated, (rows) =>
      pearson(
        rows.map(({ reward }) => reward),
        rows.map(({ rating }) => rating),
      ),
    ),
    best_of_n: contested.length > 0 ? best(({ reward }) => reward) : null,
    baselines: {
      majority_accuracy: majorityAccuracy(rated),
      length_auc: twoClasses
        ? over(rated, (rows) =>
            auc(
              rows.map(({ words }) => words),
              rows.map(isGood),
            ),
          )
        : null,
      length_pair_accuracy: over(pairs, (rows) => pairAccuracy(rows.map(({ lengthMargin }) => lengthMargin))),
      longest_of_n: contested.length > 0 ? best(({ words }) => words).mean_rating : null,
    },
    calibration: rated.length > 0 ? calibrationOf(rated) : null,
    length_correlation: over(answers, (rows) =>
      spearman(
        rows.map(({ reward }) => reward),
        rows.map(({ words }) => words),
      ),
    ),
  };
}

function isGood({ rating }: Rated): boolean {
  return rating >= 4;
}

function clustered(options: EvaluationOptions) {
  return <Row extends ScoredAnswer | ScoredPair>(
    rows: readonly Row[],
    statistic: (rows: Row[]) => number,
  ): Estimate | null => {
    if (rows.length === 0) return null;
    const estimate = bootstrap([...Map.groupBy(rows, ({ group }) => group).values()], statistic, options);
    return Number.isNaN(estimate.value) ? null : estimate;
  };
}

function majorityAccuracy(rated: readonly Rated[]): Estimate | null {
  if (rated.length === 0) return null;
  const good = rated.filter(isGood).length;
  return wilson(Math.max(good, rated.length - good), rated.length);
}

function calibrationOf(rated: readonly Rated[]): Evaluation['calibration'] {
  const rewards = rated.map(({ reward }) => reward);
  return { expected_error: answerCalibrationError(rated), bins: reliability(rewards, rated.map(isGood)) };
}
