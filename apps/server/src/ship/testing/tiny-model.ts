import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadStaticEmbedder, type RewardModel, serialiseModel, trainPlain } from '@attune/reward';

const folder = fileURLToPath(new URL('../../../../../models/minilm-static-256', import.meta.url));

/** Why tests that deploy a model must be skipped, or false. */
export const weightsMissing = existsSync(`${folder}/model.safetensors`)
  ? false
  : 'the weights of the static embedder are not there';

/** The file of a small reward model that can really score; another seed makes another file. */
export async function tinyModel(seed = 1): Promise<Uint8Array> {
  return serialiseModel(await trained(seed));
}

/** The file of one that gives every answer the same reward. */
export async function constantModel(): Promise<Uint8Array> {
  const model = await trained(1);
  const { parameters } = model;
  if (parameters.recipe !== 'plain') throw new Error('the plain recipe makes plain models');
  parameters.head.weights.fill(0);
  return serialiseModel(model);
}

async function trained(seed: number): Promise<RewardModel> {
  const embedder = await loadStaticEmbedder(folder);
  const ratings = Array.from({ length: 60 }, (_, k) => ({
    query: `What about number ${k}?`,
    response: k % 2 ? `The number ${k} follows ${k - 1}.` : 'No idea, ask somebody else.',
    rating: k % 2 ? 5 : 1,
  }));
  return await trainPlain(ratings, embedder, { seed, resamples: 10 });
}
