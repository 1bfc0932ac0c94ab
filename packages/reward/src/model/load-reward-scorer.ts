import { blendedFiles, isBlendFile, readBlendFile } from '../blend/blend-file.ts';
import { blendScorer } from '../blend/blend-scorer.ts';
import { loadScoringFile } from '../cross-encoder/cross-encoder.ts';
import { isScoringFile } from '../cross-encoder/scoring-file.ts';
import type { Embedder } from '../embed/embedder.ts';
import { type EmbedderName, embedderNamed } from '../embed/embedders.ts';
import { parseModel, readModelCard } from './model-file.ts';
import type { RewardScorer } from './reward-scorer.ts';

/**
 * A reward model from its file: a linear one, joined with the embedder that it names, one of the trainer (cross-encoder or
 * decoder), or a blend of two.
 * @throws RewardError `model_damaged`, `model_version_unknown`, `embedder_mismatch`
 */
export async function loadRewardScorer(
  file: Uint8Array,
  embedder: (name: EmbedderName) => Promise<Embedder>,
): Promise<RewardScorer> {
  if (isScoringFile(file)) return await loadScoringFile(file);
  if (isBlendFile(file)) {
    const { models, ...blend } = readBlendFile(file);
    const first = await loadRewardScorer(models[0], embedder);
    return blendScorer([first, await loadRewardScorer(models[1], embedder)], blend);
  }
  const model = parseModel(file, await embedder(embedderNamed(readModelCard(file).embedder)));
  return { score: ({ query }, responses) => model.score(query, responses), close: async () => undefined };
}

/** Whether a text takes a model ten milliseconds rather than a fraction of one. @throws RewardError `model_damaged` */
export function isSlowModel(file: Uint8Array): boolean {
  if (isBlendFile(file)) return blendedFiles(file).some(isSlowModel);
  return isScoringFile(file) || embedderNamed(readModelCard(file).embedder) !== 'static';
}
