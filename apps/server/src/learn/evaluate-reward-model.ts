import { createHash } from 'node:crypto';
import { canonicalJson } from '@attune/core';
import { loadEmbedder, loadRewardScorer } from '@attune/reward';
import type { EvaluationResult, EvaluationRow, EvaluationSetting } from './evaluation-task.ts';
import { measureModel } from './measure-model.ts';
import { packedQueries } from './training-queries.ts';

/** The same rows always get the same intervals. */
const SEED = 1;

/**
 * Measures a model on the rows whose query it was not trained on.
 * @throws RewardError `model_damaged`, `model_version_unknown`, `embedder_mismatch`
 */
export async function evaluateRewardModel(
  setting: EvaluationSetting,
  rows: readonly EvaluationRow[],
): Promise<EvaluationResult> {
  const isKnown = packedQueries(setting.trainingQueries);
  const unseen = rows.filter((row) => !isKnown(row.query));
  const excluded = rows.length - unseen.length;
  if (unseen.length === 0) return { excluded, measured: null };
  const scorer = await loadRewardScorer(setting.artifact, (name) => loadEmbedder(name, setting.modelsFolder));
  const metrics = await measureModel(scorer, samplesOf(unseen), SEED);
  await scorer.close();
  return { excluded, measured: { dataHash: hashOf(unseen), metrics } };
}

function samplesOf(rows: readonly EvaluationRow[]) {
  return {
    ratings: rows.filter((row) => row.type === 'rating'),
    pairs: rows.filter((row) => row.type === 'pair'),
  };
}

function hashOf(rows: readonly EvaluationRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${canonicalJson(row)}\n`);
  return hash.digest('hex');
}
