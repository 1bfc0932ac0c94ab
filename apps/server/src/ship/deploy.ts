import { AttuneError, type RampStep } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { type Announce, changeTraffic } from './change-traffic.ts';
import { modelBefore } from './model-before.ts';
import { endsAt } from './ramp-plan.ts';
import { insertRamp, type RampRow, updateRamp } from './ramp-store.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { incumbentOf } from './traffic.ts';

type Sql = ShipPlatform['database']['sql'];

/**
 * Starts to give a model traffic, step by step; what stands now gets the rest. A ramp under way is superseded: its
 * incumbent stays the incumbent, because its own model has not proved itself. A model that has all traffic already
 * keeps it.
 */
export async function deploy(
  platform: ShipPlatform,
  announce: Announce,
  model: ModelRow,
  steps: RampStep[],
  actor: string,
): Promise<RampRow> {
  let already: RampRow | null = null;
  const act = { organization: model.organization, actor, action: 'model.deployed' as const };
  const started = await changeTraffic(platform, announce, act, async (tx, inForce, now) => {
    if (inForce?.state === 'complete' && inForce.model_id === model.model_id) {
      already = inForce;
      return null;
    }
    if (inForce?.state === 'ramping') await supersede(tx, inForce, model, now);
    return await start(tx, inForce, model, steps, now);
  });
  const ramp = started ?? already;
  if (ramp === null) throw new AttuneError('model_not_deployable');
  return ramp;
}

async function supersede(tx: Sql, ramp: RampRow, by: ModelRow, now: Date): Promise<void> {
  const reason = `${by.model_id} was deployed`;
  await updateRamp(tx, ramp, { state: 'superseded', reason, ended_at: now });
}

async function start(
  tx: Sql,
  inForce: RampRow | undefined,
  model: ModelRow,
  steps: RampStep[],
  now: Date,
): Promise<RampRow> {
  const incumbent = incumbentOf(inForce);
  const isIncumbent = incumbent === model.model_id;
  // The incumbent has nobody to win traffic from: it takes the rest at once, and what stood before it is next in line.
  const previous = isIncumbent ? await modelBefore(tx, model.organization, model.model_id) : incumbent;
  const complete = isIncumbent || endsAt(steps, 0);
  return await insertRamp(tx, {
    id: newId(),
    organization: model.organization,
    model_id: model.model_id,
    previous_model_id: previous,
    state: complete ? 'complete' : 'ramping',
    steps: JSON.stringify(steps),
    step: isIncumbent ? steps.length - 1 : 0,
    reason: null,
    step_started_at: now,
    created_at: now,
    ended_at: complete ? now : null,
  });
}
