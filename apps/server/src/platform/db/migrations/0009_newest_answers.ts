import { type Kysely, sql } from 'kysely';

/** When each version last answered, beside how often: what is in use is shown before what was once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE answer_counters ADD COLUMN answered_at timestamptz`.execute(db);
  await sql`UPDATE answer_counters AS c SET answered_at = newest.at
    FROM (SELECT organization, coalesce(reward_model, '') AS reward_model, max("timestamp") AS at
      FROM conversation_logs WHERE status = 'delivered' AND import_key IS NULL GROUP BY 1, 2) AS newest
    WHERE (c.organization, c.reward_model) = (newest.organization, newest.reward_model)`.execute(db);
}
