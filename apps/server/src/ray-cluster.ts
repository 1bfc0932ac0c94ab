import type { Config } from './config.ts';
import type { RayNeeds } from './learn/needs.ts';

/** How runs get to the Ray cluster of the settings; null where there is none. */
export function rayCluster(config: Config, serverUrl: () => string): RayNeeds | null {
  const { ATTUNE_RAY_URL: url, ATTUNE_RAY_TOKEN: token } = config;
  if (url === undefined) return null;
  return {
    url,
    token,
    python: config.ATTUNE_RAY_PYTHON,
    folder: config.ATTUNE_RAY_FOLDER,
    workers: config.ATTUNE_RAY_WORKERS,
    gpus: config.ATTUNE_RAY_GPUS,
    serverUrl,
  };
}
