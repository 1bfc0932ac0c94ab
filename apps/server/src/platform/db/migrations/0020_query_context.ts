import { type Kysely, sql } from 'kysely';

// A constant default is kept in the catalogue: neither table is rewritten, however long it is.
const statements = [
  `ALTER TABLE rlhf_feedback ADD COLUMN query_context text NOT NULL DEFAULT ''`,
  `ALTER TABLE preference_pairs ADD COLUMN query_context text NOT NULL DEFAULT ''`,
];

/** The turns before a question, with feedback and pairs; rows from before have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
