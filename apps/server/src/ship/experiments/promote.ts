import { type Announce, changeTrafficWithin } from '../change-traffic.ts';
import { hasAll, startRamp } from '../deploy.ts';
import { planRamp } from '../ramp-plan.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { changeExperimentWithin, end } from './change-experiment.ts';
import type { ExperimentRow } from './experiment-store.ts';

/**
 * Ends an experiment and gives its treatment all traffic, both or neither: a server that dies on the way leaves the
 * experiment running.
 * @throws AttuneError `experiment_not_found`, `experiment_state`
 */
export async function promote(
  platform: ShipPlatform,
  announce: Announce,
  by: { organization: string; actor: string },
  experimentId: string,
  treatment: ModelRow,
): Promise<ExperimentRow> {
  const reason = 'promoted';
  const promoted = await platform.database.sql.transaction().execute(async (tx) => {
    const ended = { ...by, action: 'experiment.ended' as const };
    const experiment = await changeExperimentWithin(tx, platform, ended, experimentId, (row, _, now) =>
      end(row, 'treatment', reason, now),
    );
    const deployed = { ...by, kind: 'reward' as const, action: 'model.deployed' as const, reason };
    await changeTrafficWithin(tx, platform, deployed, async (_, inForce, now) => {
      if (hasAll(inForce, treatment)) return null;
      const act = { actor: by.actor, reason, at: now };
      return await startRamp(tx, inForce, treatment, planRamp({ full: true }), act);
    });
    return experiment;
  });
  await announce(by.organization);
  return promoted;
}
