import type { Alert, AlertDelivery } from '@attune/contracts';
import type { Sql } from '../sql.ts';
import type { AlertRow } from './alert-store.ts';
import { type DeliveryRow, deliveriesOf } from './delivery-store.ts';

/** A stored alert as the API and the channels show it. */
export function toAlert(
  row: AlertRow,
  deliveries: readonly (DeliveryRow & { channel: string | null })[],
): Alert {
  const beginnings = deliveries.filter(({ event }) => event === 'firing');
  const told = beginnings.every(({ state }) => state === 'delivered');
  return {
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    message: row.message,
    value: row.value,
    threshold: row.threshold,
    n: row.n,
    evidence: row.evidence,
    subject: row.subject,
    reward_model: row.reward_model,
    feedback_id: row.feedback_id,
    seen: row.seen,
    last_seen_at: (row.last_seen_at ?? row.created_at).toISOString(),
    acknowledged_by: row.acknowledged_by,
    acknowledged_at: row.acknowledged_at?.toISOString() ?? null,
    silenced_until: row.silenced_until?.toISOString() ?? null,
    delivered: beginnings.length === 0 ? row.delivered : told,
    deliveries: deliveries.map(toDelivery),
    created_at: row.created_at.toISOString(),
    resolved_at: row.resolved_at?.toISOString() ?? null,
  };
}

function toDelivery({
  channel,
  event,
  state,
  attempts,
  error,
}: DeliveryRow & { channel: string | null }): AlertDelivery {
  return { channel, event, state, attempts, error };
}

/** Alerts with how they were told. */
export async function alertViews(db: Sql, rows: readonly AlertRow[]): Promise<Alert[]> {
  const all = await deliveriesOf(
    db,
    rows.map(({ id }) => id),
  );
  const byAlert = Map.groupBy(all, ({ alert_id }) => alert_id);
  return rows.map((row) => toAlert(row, byAlert.get(row.id) ?? []));
}

/** One alert with how it was told. */
export async function alertView(db: Sql, row: AlertRow): Promise<Alert> {
  return toAlert(row, await deliveriesOf(db, [row.id]));
}
