import { once } from 'node:events';
import { endWorker, startWorker } from '@attune/reward';
import type { Config } from '../config.ts';
import { modelsFolder } from '../folders.ts';

export interface CanarySetting {
  artifact: Uint8Array;
  modelsFolder: string;
}

/** Nothing if the model scored as it should, or else what is wrong with it. */
export type CanaryResult = { fault: string | null };

/** Loading the larger embedder takes a second or two; a model that takes this long is of no use. */
const PATIENCE_MS = 30_000;

/**
 * Lets a model score the canary set in a thread of its own, as it will have to in live traffic.
 * @throws Error saying why it cannot
 */
export async function tryOut(artifact: Uint8Array, config: Config): Promise<void> {
  const setting: CanarySetting = { artifact, modelsFolder: modelsFolder(config) };
  const worker = startWorker(new URL('./canary.worker.ts', import.meta.url), { workerData: setting });
  try {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const [result]: CanaryResult[] = await once(worker, 'message', { signal: patience });
    if (result?.fault != null) throw new Error(result.fault);
  } finally {
    await endWorker(worker);
  }
}
