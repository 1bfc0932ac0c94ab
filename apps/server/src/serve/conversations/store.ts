import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { AnswerRecord } from '../store.ts';
import type { Owner } from './owner.ts';
import { mentions } from './search.ts';

export type ConversationRecord = Selectable<Tables['conversations']>;

/** A removed conversation has no turns until its owner asks in it again. */
const THERE = sql<boolean>`turns > 0`;

/** A person's conversations, the one with the newest answer first, from before an answer on. */
export async function listConversations(
  db: Kysely<Tables>,
  owner: Owner,
  page: { readonly text: string; readonly before: string | undefined; readonly limit: number },
): Promise<ConversationRecord[]> {
  let query = db
    .selectFrom('conversations as c')
    .selectAll()
    .where('organization', '=', owner.organization)
    .where('asker', '=', owner.asker)
    .where(THERE);
  if (page.before !== undefined) query = query.where('last_response_id', '<', page.before);
  if (page.text !== '') query = query.where(await mentions(db, owner, page.text));
  return query.orderBy('last_response_id', 'desc').limit(page.limit).execute();
}

export function findConversation(
  db: Kysely<Tables>,
  { organization, asker }: Owner,
  sessionId: string,
): Promise<ConversationRecord | undefined> {
  return db
    .selectFrom('conversations')
    .selectAll()
    .where('organization', '=', organization)
    .where('asker', '=', asker)
    .where('session_id', '=', sessionId)
    .where(THERE)
    .executeTakeFirst();
}

/** An answer of a conversation with what was said right before its question. */
export type TurnRecord = Omit<AnswerRecord, 'context'> & { last_said: string | null };

/** Turns of a conversation, newest first, from before an answer on; those that its owner removed are left out. */
export async function turnsOf(
  db: Kysely<Tables>,
  { organization, asker, session_id, hidden_up_to }: ConversationRecord,
  before: string | undefined,
  limit: number,
): Promise<TurnRecord[]> {
  const { rows } = await sql<TurnRecord>`
    SELECT response_id, user_id, "timestamp", query, selected_response, reward_score, all_candidates, policy,
      reward_model, status, degraded, parent_response_id, compare,
      (SELECT message->>'content' FROM jsonb_array_elements(context) WITH ORDINALITY AS said (message, at)
        WHERE message->>'role' = 'assistant' ORDER BY at DESC LIMIT 1) AS last_said
    FROM conversation_logs
    WHERE organization = ${organization} AND asker = ${asker} AND session_id = ${session_id}
      AND (${hidden_up_to}::uuid IS NULL OR response_id > ${hidden_up_to}::uuid)
      AND (${before ?? null}::uuid IS NULL OR response_id < ${before ?? null}::uuid)
    ORDER BY response_id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** Names a conversation; undefined when there is none. */
export function setTitle(
  db: Kysely<Tables>,
  { organization, asker }: Owner,
  sessionId: string,
  title: string,
): Promise<ConversationRecord | undefined> {
  return db
    .updateTable('conversations')
    .set({ title })
    .where('organization', '=', organization)
    .where('asker', '=', asker)
    .where('session_id', '=', sessionId)
    .where(THERE)
    .returningAll()
    .executeTakeFirst();
}

/** Hides what a conversation holds so far; returns whether there was anything. */
export async function hide(
  db: Kysely<Tables>,
  { organization, asker }: Owner,
  sessionId: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('conversations')
    .set({ hidden_up_to: sql`last_response_id`, title: null, first_query: null, turns: 0 })
    .where('organization', '=', organization)
    .where('asker', '=', asker)
    .where('session_id', '=', sessionId)
    .where(THERE)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
