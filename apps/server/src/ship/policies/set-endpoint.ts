import { AttuneError } from '@attune/contracts';
import { nextVersion } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import {
  highestVersion,
  insertModel,
  lockName,
  type ModelRow,
  setDeploymentConfig,
} from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { type GivenEndpoint, sealedConfig } from './policy-endpoint.ts';

type Parts = Pick<ShipPlatform, 'database' | 'clock' | 'audit' | 'secrets'>;

/** Who does it. */
interface By {
  readonly organization: string;
  readonly actor: string;
}

/**
 * Says where a policy answers; live traffic follows. Audited, without the key.
 * @throws AttuneError `model_not_deployable` for what is no policy
 */
export async function setEndpoint(
  { database, audit, secrets }: Parts,
  model: ModelRow,
  endpoint: GivenEndpoint,
  { organization, actor }: By,
): Promise<ModelRow> {
  const { id, kind, model_id } = model;
  if (kind !== 'policy') {
    throw new AttuneError('model_not_deployable', {
      message: `${model_id} is no policy: it answers nothing.`,
    });
  }
  return await database.sql.transaction().execute(async (tx) => {
    const details = { url: endpoint.url, model: endpoint.model, with_key: endpoint.api_key !== undefined };
    const act = { organization, actor, action: 'model.endpoint_set', subject: `model:${model_id}` };
    await audit.record({ ...act, details }, tx);
    return await setDeploymentConfig(tx, { organization, id }, sealedConfig(secrets, endpoint));
  });
}

/** Takes a policy that was made elsewhere into the registry as the next minor version of its name. Audited. */
export async function registerPolicy(
  { database, clock, audit, secrets }: Parts,
  { name, base_model, endpoint }: { name: string; base_model: string; endpoint: GivenEndpoint },
  { organization, actor }: By,
): Promise<ModelRow> {
  return await database.sql.transaction().execute(async (tx) => {
    await lockName(tx, organization, name);
    const highest = await highestVersion(tx, organization, name);
    const version = nextVersion(highest === null ? [] : [highest], 'minor');
    const model_id = `${name}@${version}`;
    const details = { url: endpoint.url, model: endpoint.model, with_key: endpoint.api_key !== undefined };
    const act = { organization, actor, action: 'model.registered', subject: `model:${model_id}` };
    await audit.record({ ...act, details }, tx);
    const id = newId();
    await insertModel(tx, {
      id,
      organization,
      name,
      model_id,
      base_model,
      fine_tuning_job_id: null,
      dataset_id: null,
      version,
      kind: 'policy',
      status: 'testing',
      card: '{}',
      performance_metrics: '{}',
      artifact_sha256: null,
      artifact_bytes: null,
      created_at: clock.now(),
    });
    return await setDeploymentConfig(tx, { organization, id }, sealedConfig(secrets, endpoint));
  });
}
