import type { RequestOf } from '@attune/contracts';
import { type Alert, AttuneError, type listAlerts as endpoint } from '@attune/contracts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { isId } from '../platform/ids.ts';
import { toAlert } from './alert-view.ts';
import { listAlerts, type Sql } from './store.ts';

/**
 * A page of an organisation's alerts, newest first.
 * @throws AttuneError `invalid_cursor`
 */
export async function pageOfAlerts(
  db: Sql,
  organization: string,
  { cursor, ...filter }: RequestOf<typeof endpoint>['query'],
): Promise<{ items: Alert[]; next_cursor: string | null }> {
  const beforeId = cursor === undefined ? null : idIn(cursor);
  const rows = await listAlerts(db, organization, filter, beforeId);
  return toPage(rows, filter.limit, (row) => [row.id], toAlert);
}

function idIn(cursor: string): string {
  const [id = ''] = decodeCursor(cursor, 1);
  if (!isId(id)) throw new AttuneError('invalid_cursor');
  return id;
}
