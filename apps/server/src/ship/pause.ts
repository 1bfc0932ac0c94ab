import { AttuneError } from '@attune/contracts';
import { type Announce, changeTraffic, type TrafficAct } from './change-traffic.ts';
import { rampEvent, withEvent } from './ramp-history.ts';
import { type RampRow, updateRamp } from './ramp-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

/**
 * Holds a ramp where it is, or lets it go on: its share of traffic stays, its guards go on watching, the time of the
 * pause does not count as holding time. Asked twice, nothing changes.
 * @throws AttuneError `nothing_to_roll_back` when the model is not being ramped
 */
export async function setPaused(
  platform: ShipPlatform,
  announce: Announce,
  by: Pick<TrafficAct, 'organization' | 'actor' | 'kind'>,
  modelId: string,
  paused: boolean,
): Promise<RampRow> {
  const act = { ...by, action: paused ? ('model.ramp_paused' as const) : ('model.ramp_resumed' as const) };
  let already: RampRow | null = null;
  const changed = await changeTraffic(platform, announce, act, async (tx, inForce, now) => {
    if (inForce?.state !== 'ramping' || inForce.model_id !== modelId) return null;
    if ((inForce.paused_at !== null) === paused) {
      already = inForce;
      return null;
    }
    const event = rampEvent(paused ? 'paused' : 'resumed', inForce, {
      actor: by.actor,
      reason: null,
      at: now,
    });
    const since = inForce.paused_at ?? now;
    return await updateRamp(tx, inForce, {
      paused_at: paused ? now : null,
      paused_seconds: inForce.paused_seconds + (now.getTime() - since.getTime()) / 1000,
      history: withEvent(inForce, event),
    });
  });
  const ramp = changed ?? already;
  if (ramp !== null) return ramp;
  throw new AttuneError('nothing_to_roll_back', { message: `${modelId} is not on its way to more traffic.` });
}
