import type { Alert } from '@attune/contracts';
import { table } from './table.ts';

/** Alerts in columns, the newest first. */
export function alertsText(alerts: readonly Alert[]): string {
  if (alerts.length === 0) return '  No alerts.';
  const rows = alerts.map((alert) => [
    alert.created_at.slice(0, 16).replace('T', ' '),
    alert.severity,
    alert.kind,
    stateText(alert),
    alert.message,
  ]);
  return table([['since', 'severity', 'kind', 'state', 'what happened'], ...rows]);
}

function stateText({ state, acknowledged_by, silenced_until }: Alert): string {
  if (state === 'resolved') return 'resolved';
  if (acknowledged_by !== null) return `open, ${acknowledged_by}`;
  return silenced_until === null ? 'open' : 'open, silenced';
}
