import type { Feedback } from '@attune/contracts';
import { storable } from '../platform/db/storable.ts';
import type { Caller } from '../platform/http/caller.ts';
import { decodeId, toPage } from '../platform/http/page.ts';
import { toFeedback } from './feedback-view.ts';
import { mine } from './mine.ts';
import type { Sql } from './store/feedback-row.ts';
import { ownFeedback } from './store/own-feedback.ts';

interface Wish {
  readonly response_id?: string | undefined;
  readonly session_id?: string | undefined;
  readonly user_id?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of what the caller said. @throws AttuneError `invalid_cursor` */
export async function pageOfMyFeedback(
  sql: Sql,
  caller: Caller,
  wish: Wish,
): Promise<{ items: Feedback[]; next_cursor: string | null }> {
  const { response_id, session_id, user_id, cursor, limit } = storable(wish);
  const rows = await ownFeedback(sql, caller.organization, mine(caller, user_id), {
    responseIds: response_id === undefined ? undefined : [response_id],
    sessionId: session_id,
    before: cursor === undefined ? undefined : decodeId(cursor),
    limit: limit + 1,
  });
  return toPage(rows, limit, (row) => [row.id], toFeedback);
}

/** Feedback of one person on an answer that is shown with it at most. */
const MOST_PER_ANSWER = 200;

/** All that the caller said about some answers. */
export async function myFeedbackOn(
  sql: Sql,
  caller: Caller,
  user: string | undefined,
  responseIds: readonly string[],
): Promise<Feedback[]> {
  if (responseIds.length === 0) return [];
  const limit = MOST_PER_ANSWER * responseIds.length;
  const filter = { responseIds, limit };
  const rows = await ownFeedback(sql, caller.organization, mine(caller, storable(user)), filter);
  return rows.map(toFeedback);
}
