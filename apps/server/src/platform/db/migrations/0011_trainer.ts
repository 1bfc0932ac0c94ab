import { type Kysely, sql } from 'kysely';

/** Runs of the trainer: what is known of them while they run, the files they make, and what they may cost. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `ALTER TABLE fine_tuning_jobs
    ADD COLUMN runner text NOT NULL DEFAULT 'worker' CHECK (runner IN ('worker', 'local', 'remote')),
    ADD COLUMN recipe text,
    ADD COLUMN revision text,
    ADD COLUMN stage text,
    ADD COLUMN seconds_left real,
    ADD COLUMN latest_metrics jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN latest_step integer,
    ADD COLUMN checkpoint_step integer,
    ADD COLUMN resources jsonb,
    ADD COLUMN max_hours real,
    ADD COLUMN hours_before real NOT NULL DEFAULT 0,
    ADD COLUMN failure_code text,
    ADD COLUMN last_sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN attached_by text,
    ADD COLUMN attached_at timestamptz,
    ADD COLUMN token_hash text`,
  `UPDATE fine_tuning_jobs SET recipe = coalesce(hyperparameters->>'recipe', 'attune')`,
  `ALTER TABLE fine_tuning_jobs ALTER COLUMN recipe SET NOT NULL`,
  `CREATE UNIQUE INDEX fine_tuning_jobs_by_token ON fine_tuning_jobs (token_hash) WHERE token_hash IS NOT NULL`,
  `CREATE INDEX fine_tuning_jobs_unfinished ON fine_tuning_jobs (id)
    WHERE status IN ('pending', 'validating', 'training')`,
  `CREATE OR REPLACE VIEW rlhf_reward_model_training AS SELECT id, organization, dataset_id, base_model, status,
    hyperparameters, training_metrics, resulting_model_id, started_at, completed_at, error_message, created_by,
    created_at FROM fine_tuning_jobs WHERE recipe IN ('plain', 'attune', 'reward')`,
  `CREATE INDEX job_events_of_type ON job_events (job_id, (event->>'type'), position)`,
  `CREATE TABLE job_artifacts (
    job_id uuid NOT NULL REFERENCES fine_tuning_jobs (id),
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    path text NOT NULL,
    kind text NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (job_id, name)
  )`,
  `CREATE TABLE budgets (
    organization text NOT NULL REFERENCES organizations (id),
    month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    most real CHECK (most >= 0),
    PRIMARY KEY (organization, month)
  )`,
  `ALTER TABLE model_registry ALTER COLUMN artifact_bytes TYPE bigint`,
];
