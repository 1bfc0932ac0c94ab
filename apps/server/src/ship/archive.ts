import { AttuneError } from '@attune/contracts';
import { isInExperiment } from './experiments/experiment-store.ts';
import { lockTraffic, newestRamp } from './ramp-store.ts';
import { archiveModel, type ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { liveIds, trafficOf } from './traffic.ts';

/**
 * Takes a model out of use; its card and file stay. A later rollback passes over it.
 * @throws AttuneError `model_not_deployable` while it takes traffic or part in an experiment
 */
export async function archive(
  { database, audit }: Pick<ShipPlatform, 'database' | 'audit'>,
  model: ModelRow,
  actor: string,
): Promise<ModelRow> {
  const { organization, model_id } = model;
  return await database.sql.transaction().execute(async (tx) => {
    await lockTraffic(tx, organization);
    const kind = model.kind === 'policy' ? 'policy' : 'reward';
    if (liveIds(trafficOf(await newestRamp(tx, organization, kind))).includes(model_id)) {
      throw new AttuneError('model_not_deployable', {
        message: `${model_id} takes traffic; roll it back or deploy another model before archiving it.`,
      });
    }
    if (await isInExperiment(tx, organization, model_id)) {
      throw new AttuneError('model_not_deployable', {
        message: `${model_id} takes part in an experiment; end that before archiving it.`,
      });
    }
    const act = { organization, actor, action: 'model.archived', subject: `model:${model_id}` };
    await audit.record(act, tx);
    return await archiveModel(tx, organization, model_id);
  });
}
