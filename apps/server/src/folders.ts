import { join } from 'node:path';
import type { Config } from './config.ts';

const repository = join(import.meta.dirname, '../../..');

/** Folder of the embedder weights: the setting, else the shipped ones. */
export function modelsFolder(config: Pick<Config, 'ATTUNE_MODELS'>): string {
  return config.ATTUNE_MODELS ?? join(repository, 'models');
}

/** Folder of the built web page. */
export const webFolder = join(repository, 'apps/web/dist');
