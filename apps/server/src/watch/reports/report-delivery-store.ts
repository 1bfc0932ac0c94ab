import type { Selectable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Sql } from '../sql.ts';

type ReportDeliveryRow = Selectable<Tables['report_deliveries']>;

/** Notes channels that a report is to go to, each once. */
export async function addReportDeliveries(
  db: Sql,
  report: { readonly id: string; readonly organization: string },
  channelIds: readonly string[],
  now: Date,
): Promise<string[]> {
  if (channelIds.length === 0) return [];
  const rows = await db
    .insertInto('report_deliveries')
    .values(
      channelIds.map((channel_id) => ({
        id: newId(),
        organization: report.organization,
        report_id: report.id,
        channel_id,
        state: 'pending' as const,
        error: null,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export function findReportDelivery(db: Sql, id: string): Promise<ReportDeliveryRow | undefined> {
  return db.selectFrom('report_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Notes how an attempt went. */
export async function noteReportDelivery(
  db: Sql,
  id: string,
  outcome: Pick<ReportDeliveryRow, 'state' | 'error'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('report_deliveries')
    .set({ ...outcome, updated_at: now })
    .where('id', '=', id)
    .execute();
}

/** What waits to be sent, from a time on. */
export async function pendingReportDeliveries(db: Sql, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('report_deliveries')
    .select('id')
    .where('state', '=', 'pending')
    .where('created_at', '>=', since)
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.map(({ id }) => id);
}
