import { type Kysely, sql } from 'kysely';

/** Rules retrain by accuracy on fresh labels too; a run that is no better than its base is no failure. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `ALTER TABLE retraining_runs DROP CONSTRAINT retraining_runs_cause_check`,
  `ALTER TABLE retraining_runs ADD CONSTRAINT retraining_runs_cause_check
    CHECK (cause IN ('ratings', 'accuracy', 'schedule', 'hand'))`,
  `ALTER TABLE retraining_runs ADD COLUMN outcome text CHECK (outcome IN ('finished', 'not_better', 'failed'))`,
  `UPDATE retraining_runs SET outcome = CASE WHEN error_message IS NULL THEN 'finished' ELSE 'failed' END
    WHERE ended_at IS NOT NULL`,
  // What rules were told and saw before has no such field yet.
  `UPDATE retraining_rules SET
    settings = jsonb_set(settings, '{trigger,accuracy}', 'null'::jsonb) || '{"shadow_share": null}'::jsonb,
    last_look = last_look || '{"accuracy": null}'::jsonb`,
  `UPDATE retraining_runs SET
    settings = jsonb_set(settings, '{trigger,accuracy}', 'null'::jsonb) || '{"shadow_share": null}'::jsonb`,
  `UPDATE retraining_decisions SET look = look || '{"accuracy": null}'::jsonb WHERE look IS NOT NULL`,
];
