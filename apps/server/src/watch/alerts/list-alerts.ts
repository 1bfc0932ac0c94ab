import type { Alert, listAlerts as endpoint, RequestOf } from '@attune/contracts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import type { Sql } from '../sql.ts';
import { listAlerts } from './alert-store.ts';
import { alertViews } from './alert-view.ts';

/**
 * A page of an organisation's alerts, newest first.
 * @throws AttuneError `invalid_cursor`
 */
export async function pageOfAlerts(
  db: Sql,
  organization: string,
  { cursor, ...filter }: RequestOf<typeof endpoint>['query'],
): Promise<{ items: Alert[]; next_cursor: string | null }> {
  const rows = await listAlerts(db, organization, filter, cursor === undefined ? null : decodeId(cursor));
  const { items, next_cursor } = toPage(
    rows,
    filter.limit,
    (row) => [row.id],
    (row) => row,
  );
  return { items: await alertViews(db, items), next_cursor };
}
