import type { AlertDelivery } from '@attune/contracts';
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Sql } from '../sql.ts';
import type { AlertRow } from './alert-store.ts';

export type DeliveryRow = Selectable<Tables['alert_deliveries']>;

/** Notes messages to send, once for each channel and event however often it is asked. */
export async function addDeliveries(
  db: Sql,
  alert: Pick<AlertRow, 'id' | 'organization'>,
  event: AlertDelivery['event'],
  channelIds: readonly (string | null)[],
  now: Date,
): Promise<string[]> {
  if (channelIds.length === 0) return [];
  const rows = await db
    .insertInto('alert_deliveries')
    .values(
      channelIds.map((channel_id) => ({
        id: newId(),
        organization: alert.organization,
        alert_id: alert.id,
        channel_id,
        event,
        state: 'pending' as const,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The messages about some alerts, the oldest first, with the names of their channels. */
export async function deliveriesOf(
  db: Sql,
  alertIds: readonly string[],
): Promise<(DeliveryRow & { channel: string | null })[]> {
  if (alertIds.length === 0) return [];
  return await db
    .selectFrom('alert_deliveries')
    .leftJoin('alert_channels', 'alert_channels.id', 'alert_deliveries.channel_id')
    .selectAll('alert_deliveries')
    .select('alert_channels.name as channel')
    .where('alert_id', 'in', [...alertIds])
    .orderBy('alert_deliveries.id')
    .execute();
}

export function findDelivery(db: Sql, id: string): Promise<DeliveryRow | undefined> {
  return db.selectFrom('alert_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether the channel has still to be told that the alert fired. */
export async function beginningPending(db: Sql, { alert_id, channel_id }: DeliveryRow): Promise<boolean> {
  const row = await db
    .selectFrom('alert_deliveries')
    .select('id')
    .where('alert_id', '=', alert_id)
    .where(sql<boolean>`channel_id IS NOT DISTINCT FROM ${channel_id}::uuid`)
    .where('event', '=', 'firing')
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes how an attempt went. */
export async function noteAttempt(
  db: Sql,
  id: string,
  outcome: { state: AlertDelivery['state']; error: string | null },
  now: Date,
): Promise<void> {
  await db
    .updateTable('alert_deliveries')
    .set((row) => ({ ...outcome, attempts: row('attempts', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .execute();
}

/** Messages that wait to be sent, from a time on. */
export async function pendingDeliveries(db: Sql, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('alert_deliveries')
    .select('id')
    .where('state', '=', 'pending')
    .where('created_at', '>=', since)
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map(({ id }) => id);
}

/** The last message through each of some channels. */
export async function lastDeliveries(
  db: Sql,
  channelIds: readonly string[],
): Promise<Map<string, DeliveryRow>> {
  if (channelIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('alert_deliveries')
    .selectAll()
    .distinctOn('channel_id')
    .where('channel_id', 'in', [...channelIds])
    .orderBy('channel_id')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.flatMap((row) => (row.channel_id === null ? [] : [[row.channel_id, row]])));
}
