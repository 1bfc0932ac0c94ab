import { createHash } from 'node:crypto';
import { bootstrap, canonicalJson, mean, questionKey } from '@attune/core';
import {
  type Blend,
  type BothScored,
  blendedLogit,
  chooseBlend,
  crossFittedBlends,
  loadEmbedder,
  loadRewardScorer,
  type RewardScorer,
  serialiseBlend,
} from '@attune/reward';
import { measureModel } from '../measure-model.ts';
import { packedQueries, packQueries } from '../training-queries.ts';
import type { BlendResult, BlendRow, BlendSetting, Gain } from './blend-task.ts';
import { bothScored, TwoScores } from './two-scores.ts';

/** The same rows always get the same blend and the same intervals. */
const SEED = 1;
const FOLDS = 5;
/** Fewer questions with a comparison could not choose a weight, let alone show that it is worth something. */
const FEWEST_QUESTIONS = 20;

/**
 * Weighs two models on rows whose queries neither was trained on. What is measured of a question comes from a blend
 * that the other folds' questions chose; the blend that is kept is chosen on all.
 * @throws RewardError `model_damaged`, `model_version_unknown`, `embedder_mismatch`
 */
export async function makeBlend(setting: BlendSetting, rows: readonly BlendRow[]): Promise<BlendResult> {
  const known = setting.trainingQueries.map(packedQueries);
  const unseen = rows.filter(({ query }) => !known.some((isKnown) => isKnown(query)));
  const excluded = rows.length - unseen.length;
  const scores = await scoresOf(setting, unseen);
  const both = bothScored(unseen, scores, SEED);
  const questions = new Set(both.pairs.map(({ group }) => group)).size;
  if (questions < FEWEST_QUESTIONS) return { excluded, questions, made: null };
  const blend = chooseBlend(both);
  const blends = crossFittedBlends(both, FOLDS, SEED);
  const made = {
    ...blend,
    artifact: serialiseBlend({ models: setting.artifacts, ...blend }),
    metrics: await measureModel(crossFittedScorer(scores, blends), samplesOf(unseen), SEED),
    gains: [gainOn(0, both, blends), gainOn(1, both, blends)] as [Gain, Gain],
    queries: packQueries(unseen.map(({ query }) => query)),
    dataHash: hashOf(unseen),
  };
  return { excluded, questions, made };
}

async function scoresOf({ artifacts, modelsFolder }: BlendSetting, rows: readonly BlendRow[]) {
  const scores = new TwoScores();
  for (const model of [0, 1] as const) {
    const scorer = await loadRewardScorer(artifacts[model], (name) => loadEmbedder(name, modelsFolder));
    await scores.take(model, scorer, rows);
    await scorer.close();
  }
  return scores;
}

/** Scores each question by its own blend. */
function crossFittedScorer(
  scores: TwoScores,
  blends: ReadonlyMap<string, Blend>,
): Pick<RewardScorer, 'score'> {
  return {
    score: async (asked, responses) =>
      responses.map((response) => {
        const blend = blends.get(questionKey(asked));
        const logit =
          blend === undefined ? Number.NaN : blendedLogit(blend, scores.logitsOf(asked, response));
        return { logit, reward: 1 / (1 + Math.exp(-logit)) };
      }),
  };
}

function gainOn(model: 0 | 1, { pairs }: BothScored, blends: ReadonlyMap<string, Blend>): Gain {
  const gained = pairs.flatMap(({ group, better, worse }) => {
    const blend = blends.get(group);
    if (blend === undefined) return [];
    const lead = blendedLogit(blend, better) - blendedLogit(blend, worse);
    return { group, gain: hit(lead) - hit(better[model] - worse[model]) };
  });
  const groups = [...Map.groupBy(gained, ({ group }) => group).values()];
  const { value, ci, n } = bootstrap(groups, (rows) => mean(rows.map(({ gain }) => gain)), { seed: SEED });
  return { value, ci, n };
}

/** A pair with equal scores counts half. */
function hit(lead: number): number {
  return 0.5 + 0.5 * Math.sign(lead);
}

function samplesOf(rows: readonly BlendRow[]) {
  return {
    ratings: rows.filter((row) => row.type === 'rating'),
    pairs: rows.filter((row) => row.type === 'pair'),
  };
}

function hashOf(rows: readonly BlendRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${canonicalJson(row)}\n`);
  return hash.digest('hex');
}
