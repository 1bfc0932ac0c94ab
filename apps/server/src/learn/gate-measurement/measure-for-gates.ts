import { createHash } from 'node:crypto';
import {
  type Asked,
  aucDifference,
  bootstrap,
  calibrationEstimate,
  canonicalJson,
  type Estimate,
  lengthDependence,
  pairAccuracy,
  pairAccuracyDifference,
  questionKey,
} from '@attune/core';
import { loadEmbedder, loadRewardScorer, type RewardScorer } from '@attune/reward';
import type { EvaluationRow } from '../evaluation-task.ts';
import { measureRewards, type RewardOf, rewardsBy } from '../measure-model.ts';
import { comparisonsWithin, ratedAnswers } from '../rated-answers.ts';
import { packedQueries } from '../training-queries.ts';
import { examplesOf } from './examples.ts';
import type { GateTaskEvent, GateTaskResult, GateTaskSetting } from './gate-task.ts';
import { safetySet } from './safety-set.ts';

/** The same rows always get the same intervals. */
const SEED = 1;
/** Answers from this rating on count as good, as in training. */
const GOOD = 4;
const RESAMPLES = 1000;
const FEWEST_RESAMPLES = 200;
/** Rows drawn in all resamples of one interval: what keeps 100,000 rows within seconds. */
const DRAWN_ROWS = 20_000_000;

/**
 * Measures a model for the gates, beside the incumbent on the same rows: those whose question neither was trained on.
 * @throws RewardError `model_damaged`, `model_version_unknown`, `embedder_mismatch`
 */
export async function measureForGates(
  setting: GateTaskSetting,
  rows: readonly EvaluationRow[],
  emit: (event: GateTaskEvent) => void,
): Promise<GateTaskResult> {
  const isKnown = packedQueries(setting.trainingQueries);
  const unseen = rows.filter((row) => !isKnown(row.query));
  const samples = samplesOf(unseen);
  const answers = samples.ratings.length + 2 * samples.pairs.length;
  const models = setting.incumbent === null ? 1 : 2;
  const progressFrom = (model: number) => (scored: number) =>
    emit({ progress: (model + scored / Math.max(1, answers)) / models });

  const candidate = await using(setting.candidate, setting.modelsFolder, async (scorer) => ({
    rewardOf: await rewardsBy(scorer, samples, progressFrom(0)),
    safety: await safetyOf(scorer),
  }));
  const incumbent =
    setting.incumbent === null
      ? null
      : await using(setting.incumbent, setting.modelsFolder, (scorer) =>
          rewardsBy(scorer, samples, progressFrom(1)),
        );

  const metrics = unseen.length === 0 ? null : measureRewards(candidate.rewardOf, samples, SEED);
  return {
    data_hash: unseen.length === 0 ? null : hashOf(unseen),
    excluded: rows.length - unseen.length,
    metrics,
    ordering:
      metrics && (enough(metrics.pair_accuracy, setting.fewest) ?? metrics.auc ?? metrics.pair_accuracy),
    calibration: calibrationOf(samples, candidate.rewardOf),
    length: lengthOf(unseen, candidate.rewardOf),
    safety: candidate.safety,
    incumbent: incumbent && {
      metrics: unseen.length === 0 ? null : measureRewards(incumbent, samples, SEED),
      difference: differenceOf(samples, candidate.rewardOf, incumbent, setting.fewest),
    },
    examples: examplesOf(unseen, candidate.rewardOf, incumbent),
  };
}

async function using<Result>(
  artifact: Uint8Array,
  folder: string,
  work: (scorer: RewardScorer) => Promise<Result>,
): Promise<Result> {
  const scorer = await loadRewardScorer(artifact, (name) => loadEmbedder(name, folder));
  try {
    return await work(scorer);
  } finally {
    await scorer.close();
  }
}

type Samples = ReturnType<typeof samplesOf>;

function samplesOf(rows: readonly EvaluationRow[]) {
  return {
    ratings: rows.filter((row) => row.type === 'rating'),
    pairs: rows.filter((row) => row.type === 'pair'),
  };
}

/** The share of questions whose safe answer scores above the unsafe one. */
async function safetyOf(scorer: RewardScorer) {
  const margins: number[] = [];
  for (const { prompt, safe, unsafe } of safetySet) {
    const [good, bad] = await scorer.score({ query: prompt }, [safe, unsafe]);
    margins.push((good?.logit ?? Number.NaN) - (bad?.logit ?? Number.NaN));
  }
  return shown(
    bootstrap(
      margins.map((margin) => [margin]),
      pairAccuracy,
      { seed: SEED },
    ),
  );
}

/** By answers, as in training: each with the mean of its ratings. */
function calibrationOf({ ratings }: Samples, rewardOf: RewardOf) {
  if (ratings.length === 0) return null;
  const rows = ratedByQuestion(ratings)
    .flat()
    .map((answer) => ({
      key: answer.key,
      reward: rewardOf(answer, answer.response),
      rating: answer.rating,
    }));
  return shown(calibrationEstimate(rows, { seed: SEED, resamples: resamplesFor(rows.length) }));
}

/** Answers with the mean of their ratings. */
function ratedByQuestion(ratings: Samples['ratings']) {
  const byQuestion = Map.groupBy(ratings, ({ query, context = '' }) => JSON.stringify([query, context]));
  return [...byQuestion.values()].map((own) => {
    const rows = own.map((row) => ({ ...row, key: questionKey(row), reward: 0 }));
    const { query = '', context } = own[0] ?? {};
    return ratedAnswers(rows).map((answer) => ({ ...answer, query, context }));
  });
}

function lengthOf(rows: readonly EvaluationRow[], rewardOf: RewardOf) {
  const answers = rows.flatMap((row) =>
    (row.type === 'rating' ? [row.response] : [row.chosen, row.rejected]).map((response) => ({
      reward: rewardOf(row, response),
      length: response.length,
    })),
  );
  if (answers.length === 0) return null;
  return shown(
    lengthDependence(
      answers.map(({ reward }) => reward),
      answers.map(({ length }) => length),
    ),
  );
}

/** Pair accuracy of the candidate less that of the incumbent; AUC where few questions have comparisons. */
function differenceOf({ ratings, pairs }: Samples, candidate: RewardOf, incumbent: RewardOf, fewest: number) {
  const margins = (asked: Asked, chosen: string, rejected: string) => ({
    key: questionKey(asked),
    candidate: candidate(asked, chosen) - candidate(asked, rejected),
    incumbent: incumbent(asked, chosen) - incumbent(asked, rejected),
  });
  const answers = ratedByQuestion(ratings);
  const formed = answers.flatMap((rated) =>
    comparisonsWithin(rated, SEED).map(({ chosen, rejected }) =>
      margins(rated[0] ?? { query: '' }, chosen.response, rejected.response),
    ),
  );
  const compared = [...pairs.map((row) => margins(row, row.chosen, row.rejected)), ...formed];
  const questions = new Set(compared.map(({ key }) => key)).size;
  const options = (size: number) => ({ seed: SEED, resamples: resamplesFor(size) });
  if (questions >= fewest || ratings.length === 0) {
    return compared.length === 0 ? null : shown(pairAccuracyDifference(compared, options(compared.length)));
  }
  const rated = answers.flat().map((answer) => ({
    key: answer.key,
    good: answer.rating >= GOOD,
    candidate: candidate(answer, answer.response),
    incumbent: incumbent(answer, answer.response),
  }));
  return shown(aucDifference(rated, options(rated.length)));
}

function enough<Measured extends { n: number }>(estimate: Measured | null, fewest: number): Measured | null {
  return estimate !== null && estimate.n >= fewest ? estimate : null;
}

function resamplesFor(rows: number): number {
  return Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, Math.floor(DRAWN_ROWS / Math.max(1, rows))));
}

function shown({ value, ci, n }: Estimate) {
  const known = (number: number) => (Number.isFinite(number) ? number : null);
  return { value: known(value), ci: [known(ci[0]), known(ci[1])] as [number | null, number | null], n };
}

function hashOf(rows: readonly EvaluationRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${canonicalJson(row)}\n`);
  return hash.digest('hex');
}
