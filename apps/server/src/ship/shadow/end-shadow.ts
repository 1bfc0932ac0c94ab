import type { ShadowEnd } from '@attune/contracts';
import type { ShipPlatform } from '../ship-platform.ts';
import { endRunning, type ShadowRow } from './shadow-store.ts';

/** Ends a shadow and writes down who did it; undefined where it has ended already. */
export async function endShadow(
  { database, clock, audit }: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  shadow: ShadowRow,
  reason: ShadowEnd,
  actor: string,
): Promise<ShadowRow | undefined> {
  return await database.sql.transaction().execute(async (tx) => {
    const ended = await endRunning(tx, shadow, reason, clock.now());
    if (ended === undefined) return undefined;
    const { organization, model_id, id: shadowId } = ended;
    const act = { organization, actor, action: 'shadow.ended', subject: `model:${model_id}` };
    await audit.record({ ...act, details: { shadow: shadowId, reason } }, tx);
    return ended;
  });
}
