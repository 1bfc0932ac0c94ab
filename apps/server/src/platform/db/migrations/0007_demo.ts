import { type Kysely, sql } from 'kysely';

/** When the demo corpus was loaded into an organisation: what it brought is removed by that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE demo_loads (
    organization text PRIMARY KEY REFERENCES organizations (id),
    started_at timestamptz NOT NULL,
    finished_at timestamptz
  )`.execute(db);
}
