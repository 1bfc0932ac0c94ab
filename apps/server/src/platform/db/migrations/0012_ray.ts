import { type Kysely, sql } from 'kysely';

/** The runner away from the server is Ray. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `ALTER TABLE fine_tuning_jobs DROP CONSTRAINT fine_tuning_jobs_runner_check`,
  `UPDATE fine_tuning_jobs SET runner = 'ray' WHERE runner = 'remote'`,
  `ALTER TABLE fine_tuning_jobs
    ADD CONSTRAINT fine_tuning_jobs_runner_check CHECK (runner IN ('worker', 'local', 'ray'))`,
];
