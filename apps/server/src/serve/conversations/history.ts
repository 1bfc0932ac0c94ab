import {
  AttuneError,
  type ConversationSummary,
  type ConversationTurn,
  type getConversation as declared,
  type Feedback,
  type ResponseOf,
} from '@attune/contracts';
import type { Kysely } from 'kysely';
import { storableText } from '../../platform/db/storable.ts';
import type { Tables } from '../../platform/db/tables.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import type { MintFeedbackToken } from '../answering.ts';
import { askerOf } from '../asker.ts';
import { parentsOf } from './branches.ts';
import type { Owner } from './owner.ts';
import {
  type ConversationRecord,
  findConversation,
  hide,
  listConversations,
  setTitle,
  turnsOf,
} from './store.ts';
import { titleOf } from './title.ts';
import { toTurn } from './turn.ts';

/** What a person said about answers; collecting keeps it. */
export type OwnFeedback = (
  caller: Caller,
  user: string | undefined,
  responseIds: readonly string[],
) => Promise<Feedback[]>;

/** What people's own conversations are read from. */
export interface History {
  readonly db: Kysely<Tables>;
  readonly ownFeedback: OwnFeedback;
  readonly mintFeedbackToken: MintFeedbackToken;
}

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly user_id?: string | undefined;
}

/** A page of the caller's conversations. @throws AttuneError `invalid_cursor` */
export async function myConversations(
  { db }: History,
  caller: Caller,
  { cursor, limit, user_id, q = '' }: Page & { readonly q?: string | undefined },
): Promise<{ items: ConversationSummary[]; next_cursor: string | null }> {
  const before = cursor === undefined ? undefined : decodeId(cursor);
  const page = { text: storableText(q.trim()), before, limit: limit + 1 };
  const rows = await listConversations(db, ownerOf(caller, user_id), page);
  return toPage(rows, limit, (row) => [row.last_response_id], toSummary);
}

/**
 * One of the caller's conversations: its newest turns, oldest of them first.
 * @throws AttuneError `conversation_not_found`, `invalid_cursor`
 */
export async function myConversation(
  { db, ownFeedback, mintFeedbackToken }: History,
  caller: Caller,
  sessionId: string,
  { cursor, limit, user_id }: Page,
): Promise<ResponseOf<typeof declared>> {
  const before = cursor === undefined ? undefined : decodeId(cursor);
  const row = await findConversation(db, ownerOf(caller, user_id), storableText(sessionId));
  if (row === undefined) throw new AttuneError('conversation_not_found', { param: 'session_id' });
  const rows = await turnsOf(db, row, before, limit + 1);
  const ids = rows.slice(0, limit).map(({ response_id }) => response_id);
  const feedback = Map.groupBy(await ownFeedback(caller, user_id, ids), (one) => one.response_id);
  const parents = parentsOf(rows.toReversed());
  const page = toPage(
    rows,
    limit,
    (turn) => [turn.response_id],
    (turn): ConversationTurn =>
      toTurn(turn, {
        parent: parents.get(turn.response_id) ?? null,
        feedbackToken: mintFeedbackToken(row.organization, turn.response_id, turn.user_id),
        feedback: feedback.get(turn.response_id) ?? [],
      }),
  );
  return { ...toSummary(row), items: page.items.reverse(), next_cursor: page.next_cursor };
}

/** @throws AttuneError `conversation_not_found` */
export async function renameMyConversation(
  { db }: History,
  caller: Caller,
  sessionId: string,
  { title, user_id }: { readonly title: string; readonly user_id: string | undefined },
): Promise<ConversationSummary> {
  const row = await setTitle(db, ownerOf(caller, user_id), storableText(sessionId), title);
  if (row === undefined) throw new AttuneError('conversation_not_found', { param: 'session_id' });
  return toSummary(row);
}

/** Takes a conversation out of the caller's history. @throws AttuneError `conversation_not_found` */
export async function removeMyConversation(
  { db }: History,
  caller: Caller,
  sessionId: string,
  userId: string | undefined,
): Promise<void> {
  if (await hide(db, ownerOf(caller, userId), storableText(sessionId))) return;
  throw new AttuneError('conversation_not_found', { param: 'session_id' });
}

function ownerOf(caller: Caller, userId: string | undefined): Owner {
  return { organization: caller.organization, asker: storableText(askerOf(caller, userId)) };
}

function toSummary(row: ConversationRecord): ConversationSummary {
  return {
    session_id: row.session_id,
    title: row.title ?? titleOf(row.first_query ?? ''),
    turns: row.turns,
    started_at: row.started_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
