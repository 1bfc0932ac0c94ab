import { type Kysely, sql } from 'kysely';

/** Jobs whose samples people judge, and whose preferences come into review by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `ALTER TABLE fine_tuning_jobs
    ADD COLUMN judge_samples jsonb,
    ADD COLUMN judging_project uuid,
    ADD COLUMN samples_taken_to bigint NOT NULL DEFAULT 0,
    ADD COLUMN import_preferences boolean NOT NULL DEFAULT false,
    ADD COLUMN outputs_taken boolean NOT NULL DEFAULT false`,
  `CREATE INDEX fine_tuning_jobs_with_outputs ON fine_tuning_jobs (id)
    WHERE NOT outputs_taken AND (judge_samples IS NOT NULL OR import_preferences)`,
  `CREATE INDEX judging_items_of_runs ON judging_items (organization, source_id text_pattern_ops)
    WHERE source_kind = 'run'`,
];
