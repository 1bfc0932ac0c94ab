import { type Kysely, sql } from 'kysely';
import { storableJson } from '../platform/db/storable.ts';
import type { Tables } from '../platform/db/tables.ts';

export interface RecordedRow {
  readonly id: string;
  readonly organization: string;
  readonly query_key: string;
  readonly query: string;
  readonly text: string;
  readonly generation_method: string;
  readonly content_hash: string;
}

/** Stores answers; those that are there already are left alone. Returns how many were new. */
export async function insertRecorded(db: Kysely<Tables>, rows: readonly RecordedRow[]): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO recorded_answers (id, organization, query_key, query, text, generation_method, content_hash)
    SELECT id, organization, query_key, query, text, generation_method, content_hash
    FROM jsonb_to_recordset(${storableJson(rows)}::jsonb) AS given (id uuid, organization text, query_key text,
      query text, text text, generation_method text, content_hash text)
    ON CONFLICT (organization, content_hash) DO NOTHING`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export interface RecordedAnswer {
  readonly text: string;
  readonly generation_method: string;
}

/** The recorded answers to a question, in the order in which they were stored. */
export function findRecorded(
  db: Kysely<Tables>,
  organization: string,
  queryKey: string,
  limit: number,
): Promise<RecordedAnswer[]> {
  return db
    .selectFrom('recorded_answers')
    .select(['text', 'generation_method'])
    .where('organization', '=', organization)
    .where(sql`md5(query_key)`, '=', sql<string>`md5(${queryKey})`)
    .where('query_key', '=', queryKey)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Questions among which one is looked for; more would make the search slow. */
const NEWEST = 2000;
/** Characters of a question that somebody would choose from a list. */
const LONGEST_OFFERED = 300;

/** Questions of handy length with recorded answers, those that share most words with `like` first, then the newest. */
export async function recordedQuestions(
  db: Kysely<Tables>,
  organization: string,
  like: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ query: string }>`
    WITH newest AS (
      SELECT id, query_key, query FROM recorded_answers
      WHERE organization = ${organization} AND length(query) <= ${LONGEST_OFFERED}
      ORDER BY id DESC LIMIT ${NEWEST}),
    wanted AS (SELECT replace(plainto_tsquery('english', ${like})::text, '&', '|')::tsquery AS words)
    SELECT min(query) AS query FROM newest, wanted GROUP BY query_key
    ORDER BY max(ts_rank(to_tsvector('english', query), words)) DESC, max(id::text) DESC
    LIMIT ${limit}`.execute(db);
  return rows.map(({ query }) => query);
}
