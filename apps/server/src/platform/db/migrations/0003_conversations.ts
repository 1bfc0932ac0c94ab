import { type Kysely, sql } from 'kysely';

const statements = [
  // `asker`: who put the question, for their own history; null for answers that were imported.
  `ALTER TABLE conversation_logs
    ADD COLUMN asker text,
    ADD COLUMN parent_response_id uuid,
    ADD COLUMN compare jsonb`,
  `UPDATE conversation_logs SET asker = user_id WHERE user_id LIKE 'member:%' AND import_key IS NULL`,
  `CREATE INDEX conversation_logs_by_asker ON conversation_logs (organization, asker, session_id, response_id DESC)
    WHERE asker IS NOT NULL AND session_id IS NOT NULL`,
  // One row per person and session, kept in the transaction of the answers it counts.
  `CREATE TABLE conversations (
    organization text NOT NULL REFERENCES organizations (id),
    asker text NOT NULL,
    session_id text NOT NULL,
    title text,
    first_query text,
    turns integer NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    last_response_id uuid NOT NULL,
    hidden_up_to uuid,
    PRIMARY KEY (organization, asker, session_id)
  )`,
  `CREATE INDEX conversations_newest ON conversations (organization, asker, last_response_id DESC)`,
  `INSERT INTO conversations (organization, asker, session_id, first_query, turns, started_at, updated_at, last_response_id)
    SELECT organization, asker, session_id, left((array_agg(query ORDER BY response_id))[1], 200), count(*),
      min("timestamp"), max("timestamp"), (array_agg(response_id ORDER BY response_id DESC))[1]
    FROM conversation_logs WHERE asker IS NOT NULL AND session_id IS NOT NULL GROUP BY 1, 2, 3`,
  // Share of answers that come with a rival to compare; null: as the server is configured.
  `ALTER TABLE organizations ADD COLUMN compare_share real CHECK (compare_share BETWEEN 0 AND 1)`,
];

/** People's own conversations, and comparisons offered with answers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
