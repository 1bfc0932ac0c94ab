import { AttuneError } from '@attune/contracts';
import { tryOut } from './canary.ts';
import type { LivePolicy } from './policies/live-policy.ts';
import { openEndpoint } from './policies/policy-endpoint.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

/** A run left none: ONNX was not asked for, or the report's `onnx.served` says what stood in its way. */
const NOTHING_SCORES =
  'has no file that a server scores with; the result of its run says why (onnx.served), and PPO can use it all the same';

/** Asks a policy's endpoint something, to see that it answers. */
export type TryPolicy = (policy: LivePolicy) => Promise<void>;

export type DeployCheck = (model: ModelRow) => Promise<void>;

/**
 * A check that a model can take traffic before any moves: it is a policy in use whose endpoint answers, or a reward
 * model in use whose file is there and whole, and it scores. A file that has scored in this process is not tried again: it is found by its hash, so that it
 * cannot have changed.
 * @throws AttuneError `model_not_deployable` saying what is wrong
 */
export function deployCheck(platform: ShipPlatform, tryPolicy: TryPolicy): DeployCheck {
  const scored = new Set<string>();
  return async (model) => {
    if (model.status === 'archived') throw refusal(model, 'is archived');
    if (model.kind === 'policy') return await assertAnswers(platform, tryPolicy, model);
    if (model.kind !== 'reward') throw refusal(model, 'is neither a reward model nor a policy');
    if (model.artifact_sha256 === null) throw refusal(model, NOTHING_SCORES);
    const artifact = await artifactOf(platform, model, model.artifact_sha256);
    if (scored.has(model.artifact_sha256)) return;
    try {
      await tryOut(artifact, platform.config);
    } catch (error) {
      throw refusal(model, `cannot score: ${error instanceof Error ? error.message : String(error)}`, error);
    }
    scored.add(model.artifact_sha256);
  };
}

async function assertAnswers(
  { secrets }: ShipPlatform,
  tryPolicy: TryPolicy,
  model: ModelRow,
): Promise<void> {
  const { model_id: modelId, deployment_config } = model;
  try {
    const endpoint = openEndpoint(secrets, deployment_config);
    if (endpoint === null) throw refusal(model, 'has no endpoint; POST /api/models/:id/endpoint names it');
    await tryPolicy({ modelId, ...endpoint });
  } catch (error) {
    if (error instanceof AttuneError && error.code === 'model_not_deployable') throw error;
    throw refusal(model, `does not answer: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

async function artifactOf({ blobs }: ShipPlatform, model: ModelRow, sha256: string): Promise<Uint8Array> {
  try {
    const artifact = await blobs.get(sha256);
    if (artifact !== undefined) return artifact;
  } catch (error) {
    throw refusal(model, 'has a file that cannot be read', error);
  }
  throw refusal(model, 'has lost its file');
}

function refusal(model: ModelRow, what: string, cause?: unknown): AttuneError {
  return new AttuneError('model_not_deployable', { message: `${model.model_id} ${what}.` }, { cause });
}
