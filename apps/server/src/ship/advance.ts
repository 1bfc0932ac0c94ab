import { AttuneError } from '@attune/contracts';
import { type Announce, changeTraffic, type TrafficAct } from './change-traffic.ts';
import { type RampAct, rampEvent, withEvent } from './ramp-history.ts';
import { endsAt } from './ramp-plan.ts';
import { type RampRow, updateRamp } from './ramp-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

type Sql = ShipPlatform['database']['sql'];

/** Puts a ramp on its next step, still paused where it was; on the last one, or behind it, the ramp is complete. */
export async function nextStep(tx: Sql, ramp: RampRow, by: RampAct): Promise<RampRow> {
  const step = Math.min(ramp.step + 1, ramp.steps.length - 1);
  const complete = step === ramp.step || endsAt(ramp.steps, step);
  const moves = step === ramp.step ? {} : { step, step_started_at: by.at, paused_seconds: 0 };
  const after = { ...ramp, step, state: complete ? ('complete' as const) : ramp.state };
  return await updateRamp(tx, ramp, {
    ...moves,
    paused_at: complete || ramp.paused_at === null ? null : by.at,
    history: withEvent(ramp, rampEvent(complete ? 'completed' : 'advanced', after, by)),
    ...(complete ? { state: 'complete' as const, ended_at: by.at } : {}),
  });
}

/**
 * Goes to the next step by hand, whatever the holding time.
 * @throws AttuneError `nothing_to_roll_back` when the model is not being ramped
 */
export async function advance(
  platform: ShipPlatform,
  announce: Announce,
  by: Pick<TrafficAct, 'organization' | 'actor' | 'kind'>,
  modelId: string,
): Promise<RampRow> {
  const act = { ...by, action: 'model.advanced' as const };
  const ramp = await changeTraffic(platform, announce, act, async (tx, inForce, now) => {
    if (inForce?.state !== 'ramping' || inForce.model_id !== modelId) return null;
    return await nextStep(tx, inForce, { actor: by.actor, reason: 'by hand', at: now });
  });
  if (ramp === null) {
    throw new AttuneError('nothing_to_roll_back', {
      message: `${modelId} is not on its way to more traffic.`,
    });
  }
  return ramp;
}
