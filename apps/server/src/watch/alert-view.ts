import type { Alert } from '@attune/contracts';
import type { AlertRow } from './store.ts';

/** A stored alert as the API and the webhook show it. */
export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    message: row.message,
    value: row.value,
    threshold: row.threshold,
    n: row.n,
    reward_model: row.reward_model,
    feedback_id: row.feedback_id,
    acknowledged_by: row.acknowledged_by,
    delivered: row.delivered,
    created_at: row.created_at.toISOString(),
    resolved_at: row.resolved_at?.toISOString() ?? null,
  };
}
