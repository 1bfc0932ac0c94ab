import { type Kysely, sql } from 'kysely';

/**
 * What models say of answers is reviewed like anyone's and counted nowhere as people's: the counters of versions and
 * days leave it out. Lineage leads from it to the run that it came from.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const event of ['insert', 'update', 'delete']) {
    await rewrite(db, `count_feedback_on_${event}`, 'AS counted', `AS counted WHERE source <> ''model''`);
    await rewrite(
      db,
      `count_daily_feedback_on_${event}`,
      `source <> ''import''`,
      `source NOT IN (''import'', ''model'')`,
    );
  }
  await sql`CREATE INDEX rlhf_feedback_of_runs ON rlhf_feedback (organization, (context->>'job_id'))
    WHERE source = 'model'`.execute(db);
}

/** Replaces words in a function's body; a body without them is a defect. */
async function rewrite(db: Kysely<unknown>, name: string, before: string, after: string): Promise<void> {
  const statement = `DO $do$
    DECLARE
      body text := pg_get_functiondef('${name}'::regproc);
    BEGIN
      IF strpos(body, '${before}') = 0 THEN RAISE 'the function ${name} is not as expected'; END IF;
      EXECUTE replace(body, '${before}', '${after}');
    END $do$`;
  await sql.raw(statement).execute(db);
}
