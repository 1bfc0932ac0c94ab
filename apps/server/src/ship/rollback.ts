import { AttuneError } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { type Announce, changeTraffic, type TrafficAct } from './change-traffic.ts';
import { firstUsable, modelBefore } from './model-before.ts';
import { type RampAct, rampEvent, withEvent } from './ramp-history.ts';
import { insertRamp, type RampRow, updateRamp } from './ramp-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { trafficOf } from './traffic.ts';

type Sql = ShipPlatform['database']['sql'];

/**
 * Sends all traffic back to the model before, or to none when there was none: then the first candidate is delivered.
 * @throws AttuneError `nothing_to_roll_back` when the model takes no traffic
 */
export async function rollBack(
  platform: ShipPlatform,
  announce: Announce,
  by: Pick<TrafficAct, 'organization' | 'actor' | 'kind'>,
  modelId: string,
  reason: string,
): Promise<RampRow> {
  const act = { ...by, action: 'model.rolled_back' as const };
  const ramp = await changeTraffic(platform, announce, act, async (tx, inForce, now) => {
    if (inForce === undefined) return null;
    const underWay = inForce.state === 'ramping' || inForce.state === 'complete';
    const rampAct = { actor: by.actor, reason, at: now };
    if (underWay && inForce.model_id === modelId) return await undo(tx, inForce, rampAct);
    // After a rollback the model before has all traffic, and may have to go as well.
    if (trafficOf(inForce).modelId === modelId) return await goBehind(tx, inForce, modelId, rampAct);
    return null;
  });
  if (ramp === null) {
    throw new AttuneError('nothing_to_roll_back', { message: `${modelId} is not the deployed model.` });
  }
  return ramp;
}

/** Ends a ramp by giving everything to what stood before it. */
export async function undo(tx: Sql, ramp: RampRow, by: RampAct): Promise<RampRow> {
  const { organization, model_id, previous_model_id } = ramp;
  const target = await firstUsable(tx, organization, previous_model_id, new Set([model_id]));
  return await updateRamp(tx, ramp, {
    state: 'rolled_back',
    previous_model_id: target,
    reason: by.reason,
    paused_at: null,
    ended_at: by.at,
    history: withEvent(ramp, rampEvent('rolled_back', { ...ramp, state: 'rolled_back' }, by)),
  });
}

async function goBehind(tx: Sql, inForce: RampRow, modelId: string, by: RampAct): Promise<RampRow> {
  const { steps, guards, criteria } = inForce;
  return await insertRamp(tx, {
    id: newId(),
    organization: inForce.organization,
    kind: inForce.kind,
    model_id: modelId,
    previous_model_id: await modelBefore(tx, inForce.organization, modelId),
    state: 'rolled_back',
    steps: JSON.stringify(steps),
    guards: JSON.stringify(guards),
    criteria: JSON.stringify(criteria),
    step: 0,
    reason: by.reason,
    step_started_at: by.at,
    created_at: by.at,
    ended_at: by.at,
    history: withEvent(
      { history: [] },
      rampEvent('rolled_back', { state: 'rolled_back', steps, step: 0 }, by),
    ),
  });
}
