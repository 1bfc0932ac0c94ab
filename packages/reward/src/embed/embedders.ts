import { join } from 'node:path';
import { RewardError } from '../errors.ts';
import type { Embedder } from './embedder.ts';
import { loadMiniLmEmbedder, type MiniLmOptions } from './minilm-embedder.ts';
import { loadStaticEmbedder } from './static-embedder.ts';

/** Folders of the shipped weights under `models/`; the embedders' ids begin with them. */
export const EMBEDDER_FOLDERS = { static: 'minilm-static-256', minilm: 'all-MiniLM-L6-v2' } as const;

/** The embedders that are shipped. */
export type EmbedderName = keyof typeof EMBEDDER_FOLDERS;

/**
 * Loads a shipped embedder; `options` are MiniLM's, the static one has none.
 * @param modelsFolder the folder that holds the embedders' folders
 * @throws RewardError `model_damaged` when the weights cannot be read
 */
export function loadEmbedder(
  name: EmbedderName,
  modelsFolder: string,
  options: MiniLmOptions = {},
): Promise<Embedder> {
  const folder = join(modelsFolder, EMBEDDER_FOLDERS[name]);
  return name === 'minilm' ? loadMiniLmEmbedder(folder, options) : loadStaticEmbedder(folder);
}

/**
 * Which shipped embedder an id, as in a model's card, belongs to.
 * @throws RewardError `embedder_mismatch` when it is none of them
 */
export function embedderNamed(id: string): EmbedderName {
  const folder = id.split('@')[0];
  if (folder === EMBEDDER_FOLDERS.static) return 'static';
  if (folder === EMBEDDER_FOLDERS.minilm) return 'minilm';
  throw new RewardError('embedder_mismatch', `The embedder ${id} is not among those that are shipped.`);
}
