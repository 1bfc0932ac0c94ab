import { AttuneError } from '@attune/contracts';
import { tryOut } from './canary.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

/**
 * Makes sure that a model can take traffic before any moves: it is a reward model in use, its file is there and
 * whole, and it scores.
 * @throws AttuneError `model_not_deployable` saying what is wrong
 */
export async function assertDeployable(platform: ShipPlatform, model: ModelRow): Promise<void> {
  if (model.kind !== 'reward') throw refusal(model, 'is not a reward model');
  if (model.status === 'archived') throw refusal(model, 'is archived');
  const artifact = await artifactOf(platform, model);
  try {
    await tryOut(artifact, platform.config);
  } catch (error) {
    throw refusal(model, `cannot score: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

async function artifactOf({ blobs }: ShipPlatform, model: ModelRow): Promise<Uint8Array> {
  if (model.artifact_sha256 === null) throw refusal(model, 'has no file');
  try {
    const artifact = await blobs.get(model.artifact_sha256);
    if (artifact !== undefined) return artifact;
  } catch (error) {
    throw refusal(model, 'has a file that cannot be read', error);
  }
  throw refusal(model, 'has lost its file');
}

function refusal(model: ModelRow, what: string, cause?: unknown): AttuneError {
  return new AttuneError('model_not_deployable', { message: `${model.model_id} ${what}.` }, { cause });
}
