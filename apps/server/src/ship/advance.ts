import { AttuneError } from '@attune/contracts';
import { type Announce, changeTraffic, type TrafficAct } from './change-traffic.ts';
import { endsAt } from './ramp-plan.ts';
import { type RampRow, updateRamp } from './ramp-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

type Sql = ShipPlatform['database']['sql'];

/** Puts a ramp on its next step; on the last one, or behind it, the ramp is complete. */
export async function nextStep(tx: Sql, ramp: RampRow, now: Date): Promise<RampRow> {
  const step = Math.min(ramp.step + 1, ramp.steps.length - 1);
  const complete = step === ramp.step || endsAt(ramp.steps, step);
  return await updateRamp(tx, ramp, {
    step,
    step_started_at: step === ramp.step ? ramp.step_started_at : now,
    ...(complete ? { state: 'complete' as const, ended_at: now } : {}),
  });
}

/**
 * Goes to the next step by hand, whatever the holding time.
 * @throws AttuneError `nothing_to_roll_back` when the model is not being ramped
 */
export async function advance(
  platform: ShipPlatform,
  announce: Announce,
  by: Pick<TrafficAct, 'organization' | 'actor'>,
  modelId: string,
): Promise<RampRow> {
  const act = { ...by, action: 'model.advanced' as const };
  const ramp = await changeTraffic(platform, announce, act, async (tx, inForce, now) => {
    if (inForce?.state !== 'ramping' || inForce.model_id !== modelId) return null;
    return await nextStep(tx, inForce, now);
  });
  if (ramp === null) {
    throw new AttuneError('nothing_to_roll_back', {
      message: `${modelId} is not on its way to more traffic.`,
    });
  }
  return ramp;
}
