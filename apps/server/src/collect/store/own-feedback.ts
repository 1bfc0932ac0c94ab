import { type Expression, type SqlBool, sql } from 'kysely';
import type { Mine } from '../mine.ts';
import type { FeedbackRow, Sql } from './feedback-row.ts';

export interface OwnFilter {
  readonly responseIds?: readonly string[] | undefined;
  readonly sessionId?: string | undefined;
  /** Only feedback before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A person's own feedback, newest first; what came with nameless tokens only where answers or a session are named. */
export function ownFeedback(
  db: Sql,
  organization: string,
  mine: Mine,
  { responseIds, sessionId, before, limit }: OwnFilter,
): Promise<FeedbackRow[]> {
  // No index knows who is behind a nameless token: only an answer's or a session's are looked through.
  const all = responseIds === undefined && sessionId === undefined;
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', organization)
    .where(own(all ? { ...mine, namelessTokens: false } : mine))
    .$if(responseIds !== undefined, (query) =>
      query.where(sql<boolean>`response_id = ANY(${[...(responseIds ?? [])]}::uuid[])`),
    )
    .$if(sessionId !== undefined, (query) => query.where('session_id', '=', sessionId ?? null))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** A person's own feedback by id. */
export function ownFeedbackById(
  db: Sql,
  organization: string,
  mine: Mine,
  id: string,
): Promise<FeedbackRow | undefined> {
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where(own(mine))
    .executeTakeFirst();
}

function own({ persons, key, namelessTokens, responseId }: Mine): Expression<SqlBool> {
  const person = sql`person COLLATE "C"`;
  const named = sql<SqlBool>`${person} = ANY(${[...persons]}::text[])`;
  const ofKey = sql<SqlBool>`api_key = ${key}`;
  const ofTokens = sql<SqlBool>`${person} = 'token:' || response_id`;
  const given = key === null ? named : namelessTokens ? sql`(${ofKey} OR ${ofTokens})` : ofKey;
  const about = responseId === null ? sql`` : sql` AND response_id = ${responseId}::uuid`;
  return sql<SqlBool>`(${given}${about} AND source <> 'import')`;
}
