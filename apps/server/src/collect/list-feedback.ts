import { AttuneError, type Feedback } from '@attune/contracts';
import { storable } from '../platform/db/storable.ts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { isId } from '../platform/ids.ts';
import { toFeedback } from './feedback-view.ts';
import type { Sql } from './store/feedback-row.ts';
import { type Filter, listFeedback, type Position } from './store/list-feedback.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/**
 * A page of an organisation's feedback.
 * @throws AttuneError `invalid_cursor`
 */
export async function pageOfFeedback(
  db: Sql,
  organization: string,
  { cursor, ...filter }: Filter & { cursor?: string | undefined },
): Promise<{ items: Feedback[]; next_cursor: string | null }> {
  const after = cursor === undefined ? null : positionOf(cursor);
  const rows = await listFeedback(db, organization, storable(filter), after);
  return toPage(rows, filter.limit, (row) => [row.position, row.id], toFeedback);
}

function positionOf(cursor: string): Position {
  const [createdAt = '', id = ''] = decodeCursor(cursor, 2);
  if (!TIME.test(createdAt) || Number.isNaN(Date.parse(createdAt)) || !isId(id)) {
    throw new AttuneError('invalid_cursor');
  }
  return { createdAt, id };
}
