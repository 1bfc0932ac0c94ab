import { lockTraffic, newestRamp, type RampRow } from './ramp-store.ts';
import { markDeployed } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { liveIds, trafficOf } from './traffic.ts';

type Sql = ShipPlatform['database']['sql'];

/** Decides on the ramp in force inside the transaction; gives the ramp that is in force afterwards, null for no change. */
export type TrafficDecision = (
  transaction: Sql,
  inForce: RampRow | undefined,
  now: Date,
) => Promise<RampRow | null>;

/** Tells every replica, this one before it resolves. */
export type Announce = (organization: string) => Promise<void>;

/**
 * The one way in which traffic moves: decisions of one organisation follow each other, the registry's statuses
 * change with the ramp or not at all, and replicas hear of it at once.
 */
export async function changeTraffic(
  platform: Pick<ShipPlatform, 'database' | 'clock'>,
  announce: Announce,
  organization: string,
  decide: TrafficDecision,
): Promise<RampRow | null> {
  const now = platform.clock.now();
  const ramp = await platform.database.sql.transaction().execute(async (transaction) => {
    await lockTraffic(transaction, organization);
    const changed = await decide(transaction, await newestRamp(transaction, organization), now);
    if (changed !== null) {
      await markDeployed(transaction, organization, liveIds(trafficOf(changed)), now);
    }
    return changed;
  });
  if (ramp !== null) await announce(organization);
  return ramp;
}
