import { type Kysely, sql } from 'kysely';

/** Rules that retrain by themselves, their runs, and what they decided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE retraining_rules (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    settings jsonb NOT NULL,
    paused boolean NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    next_at timestamptz,
    last_look jsonb,
    revision integer NOT NULL DEFAULT 1,
    created_by text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (organization, name)
  )`,
  `CREATE TABLE retraining_runs (
    id uuid PRIMARY KEY,
    rule_id uuid NOT NULL REFERENCES retraining_rules (id) ON DELETE CASCADE,
    organization text NOT NULL REFERENCES organizations (id),
    cause text NOT NULL CHECK (cause IN ('ratings', 'schedule', 'hand')),
    settings jsonb NOT NULL,
    step text NOT NULL CHECK (step IN ('prepare', 'train', 'evaluate')),
    dataset_id uuid REFERENCES training_datasets (id),
    model_id text,
    evaluation_id uuid REFERENCES evaluations (id),
    error_message text,
    started_at timestamptz NOT NULL,
    ended_at timestamptz
  )`,
  // Whatever its replicas do, a rule has one run at a time.
  `CREATE UNIQUE INDEX retraining_runs_one_at_a_time ON retraining_runs (rule_id) WHERE ended_at IS NULL`,
  `CREATE INDEX retraining_runs_newest ON retraining_runs (rule_id, id DESC)`,
  `CREATE TABLE retraining_decisions (
    id uuid PRIMARY KEY,
    rule_id uuid NOT NULL REFERENCES retraining_rules (id) ON DELETE CASCADE,
    organization text NOT NULL REFERENCES organizations (id),
    at timestamptz NOT NULL,
    event text NOT NULL,
    by text,
    run_id uuid,
    look jsonb,
    detail text
  )`,
  `CREATE INDEX retraining_decisions_newest ON retraining_decisions (rule_id, id DESC)`,
  // What rules count every few seconds.
  `CREATE INDEX rlhf_feedback_newly_approved ON rlhf_feedback (organization, updated_at)
    WHERE status = 'approved' AND NOT is_training_data AND source <> 'model'`,
];
