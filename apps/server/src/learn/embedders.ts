import { join } from 'node:path';
import type { EmbedderName } from '@attune/contracts';
import { type Embedder, loadMiniLmEmbedder, loadStaticEmbedder } from '@attune/reward';

/** Folders of the shipped weights, named as the embedders' ids begin. */
export const embedderFolders: Readonly<Record<EmbedderName, string>> = {
  static: 'minilm-static-256',
  minilm: 'all-MiniLM-L6-v2',
};

/** @throws RewardError `model_damaged` when the weights cannot be read */
export function loadEmbedder(name: EmbedderName, modelsFolder: string): Promise<Embedder> {
  const folder = join(modelsFolder, embedderFolders[name]);
  return name === 'minilm' ? loadMiniLmEmbedder(folder) : loadStaticEmbedder(folder);
}

/** The embedder that a model was trained on, by the id in its card; the static one where the id is unknown. */
export function embedderNamed(id: string): EmbedderName {
  return id.startsWith(embedderFolders.minilm) ? 'minilm' : 'static';
}
