import type { Candidate, ChatMessage, LoggedAnswer } from '@attune/contracts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { storableJson } from '../platform/db/storable.ts';
import type { Tables } from '../platform/db/tables.ts';
import { formatUuidV7 } from '../platform/ids.ts';

export type AnswerRecord = Selectable<Tables['conversation_logs']>;

/** One answer of an organisation. */
export function findAnswer(
  db: Kysely<Tables>,
  organization: string,
  responseId: string,
): Promise<AnswerRecord | undefined> {
  return db
    .selectFrom('conversation_logs')
    .selectAll()
    .where('response_id', '=', responseId)
    .where('organization', '=', organization)
    .executeTakeFirst();
}

export interface AnswerFilter {
  readonly organization: string;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly from?: Date | undefined;
  /** Not part of the span. */
  readonly to?: Date | undefined;
  readonly status?: AnswerRecord['status'] | undefined;
  /** '' for answers that none chose. */
  readonly rewardModel?: string | undefined;
  readonly policy?: string | undefined;
  /** Only answers before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Answers of an organisation, newest first. */
export function listAnswers(db: Kysely<Tables>, filter: AnswerFilter): Promise<AnswerRecord[]> {
  let query = db.selectFrom('conversation_logs').selectAll().where('organization', '=', filter.organization);
  if (filter.sessionId !== undefined) query = query.where('session_id', '=', filter.sessionId);
  if (filter.userId !== undefined) query = query.where('user_id', '=', filter.userId);
  if (filter.from !== undefined) query = query.where('response_id', '>=', firstIdAt(filter.from));
  if (filter.to !== undefined) query = query.where('response_id', '<', firstIdAt(filter.to));
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.policy !== undefined) query = query.where('policy', '=', filter.policy);
  if (filter.rewardModel === '') query = query.where('reward_model', 'is', null);
  else if (filter.rewardModel !== undefined) query = query.where('reward_model', '=', filter.rewardModel);
  if (filter.before !== undefined) query = query.where('response_id', '<', filter.before);
  return query.orderBy('response_id', 'desc').limit(filter.limit).execute();
}

/** Ids carry the time (RFC 9562, version 7), and are indexed by organisation. */
function firstIdAt(at: Date): string {
  return formatUuidV7(Math.max(0, at.getTime()), 0, 0n);
}

/** A row as the API shows it. */
export function toLoggedAnswer(row: AnswerRecord): LoggedAnswer {
  return {
    response_id: row.response_id,
    user_id: row.user_id,
    session_id: row.session_id,
    timestamp: row.timestamp.toISOString(),
    query: row.query,
    context: row.context,
    selected_response: row.selected_response,
    reward_score: row.reward_score,
    all_candidates: row.all_candidates,
    policy: row.policy,
    reward_model: row.reward_model,
    selection: row.selection,
    status: row.status,
    degraded: row.degraded,
    timings: row.timings,
    parent_response_id: row.parent_response_id,
    compare: row.compare,
  };
}

export interface AnswerCount {
  readonly rewardModel: string | null;
  readonly answers: number;
  /** When it last answered. */
  readonly answeredAt: Date | null;
}

/** Delivered answers per reward model. */
export async function answerCounts(db: Kysely<Tables>, organization: string): Promise<AnswerCount[]> {
  const rows = await db
    .selectFrom('answer_counters')
    .select(['reward_model', 'answers', 'answered_at'])
    .where('organization', '=', organization)
    .orderBy('reward_model')
    .execute();
  return rows.map(({ reward_model, answers, answered_at }) => ({
    rewardModel: reward_model === '' ? null : reward_model,
    answers: Number(answers),
    answeredAt: answered_at,
  }));
}

/** An answer that was given elsewhere. */
export interface ImportedRow {
  readonly response_id: string;
  readonly organization: string;
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly timestamp: string;
  readonly query: string;
  readonly context: readonly ChatMessage[];
  readonly selected_response: string;
  readonly all_candidates: readonly Candidate[];
  readonly import_key: string;
}

/** Inserts imported answers; those whose key is there already are left alone. Returns every key's answer. */
export async function insertImported(
  db: Kysely<Tables>,
  rows: readonly ImportedRow[],
): Promise<Map<string, string>> {
  const given = storableJson(rows);
  return db.transaction().execute(async (transaction) => {
    await sql`
      INSERT INTO conversation_logs (response_id, organization, user_id, session_id, "timestamp", query, context,
        selected_response, all_candidates, policy, selection, status, import_key)
      SELECT response_id, organization, user_id, session_id, "timestamp", query, context,
        selected_response, all_candidates, 'import', 'import', 'delivered', import_key
      FROM jsonb_to_recordset(${given}::jsonb) AS given (response_id uuid, organization text, user_id text,
        session_id text, "timestamp" timestamptz, query text, context jsonb, selected_response text,
        all_candidates jsonb, import_key text)
      ON CONFLICT (organization, import_key) WHERE import_key IS NOT NULL DO NOTHING`.execute(transaction);
    const { rows: found } = await sql<{ key: string; response_id: string }>`
      SELECT kept.organization || ' ' || kept.import_key AS key, kept.response_id FROM conversation_logs AS kept
      JOIN (SELECT DISTINCT organization, import_key
        FROM jsonb_to_recordset(${given}::jsonb) AS given (organization text, import_key text)) AS given
        USING (organization, import_key)`.execute(transaction);
    return new Map(found.map(({ key, response_id }) => [key, response_id]));
  });
}

/** Says that a replica is alive, and forgets those that have not been for long. */
export async function beat(
  db: Kysely<Tables>,
  replica: string,
  now: Date,
  forgetBefore: Date,
): Promise<void> {
  await db
    .insertInto('serve_replicas')
    .values({ id: replica, seen_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: now }))
    .execute();
  await db.deleteFrom('serve_replicas').where('seen_at', '<', forgetBefore).execute();
}

/** Removes a replica that stops. */
export async function signOff(db: Kysely<Tables>, replica: string): Promise<void> {
  await db.deleteFrom('serve_replicas').where('id', '=', replica).execute();
}

/** Replicas that have open answers. */
export async function replicasWithOpenAnswers(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db
    .selectFrom('conversation_logs')
    .select('replica')
    .distinct()
    .where('status', '=', 'open')
    .where('replica', 'is not', null)
    .execute();
  return rows.flatMap(({ replica }) => replica ?? []);
}

/** Replicas seen since a time. */
export async function replicasSince(db: Kysely<Tables>, since: Date): Promise<string[]> {
  const rows = await db.selectFrom('serve_replicas').select('id').where('seen_at', '>=', since).execute();
  return rows.map(({ id }) => id);
}

/** Marks the open answers of replicas as aborted; returns how many there were. */
export async function abortOpen(db: Kysely<Tables>, replicas: readonly string[]): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('conversation_logs')
    .set({ status: 'aborted', degraded: sql`coalesce(degraded, 'interrupted')` })
    .where('status', '=', 'open')
    .where('replica', 'in', replicas)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
