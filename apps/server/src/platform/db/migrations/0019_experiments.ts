import { type Kysely, sql } from 'kysely';

/** A/B tests on live traffic: which arm an answer and its feedback belong to, and what was seen over time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE ab_test_experiments (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    control_model_id text NOT NULL,
    treatment_model_id text NOT NULL,
    traffic_split real NOT NULL CHECK (traffic_split > 0 AND traffic_split < 1),
    traffic_from double precision NOT NULL,
    traffic_to double precision NOT NULL,
    unit text NOT NULL CHECK (unit IN ('user', 'session')),
    status text NOT NULL CHECK (status IN ('draft', 'running', 'paused', 'completed', 'cancelled')),
    days real NOT NULL,
    start_date timestamptz,
    end_date timestamptz,
    success_metrics jsonb NOT NULL,
    forced jsonb NOT NULL DEFAULT '{}',
    expected_reactions integer NOT NULL,
    results jsonb,
    winner text CHECK (winner IN ('control', 'treatment', 'inconclusive')),
    reason text,
    next_look_at timestamptz,
    created_by text,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX ab_test_experiments_newest ON ab_test_experiments (organization, id DESC)`,
  `CREATE INDEX ab_test_experiments_running ON ab_test_experiments (organization) WHERE status = 'running'`,
  `CREATE TABLE experiment_looks (
    experiment_id uuid NOT NULL REFERENCES ab_test_experiments (id) ON DELETE CASCADE,
    at timestamptz NOT NULL,
    metric text NOT NULL,
    difference jsonb NOT NULL,
    PRIMARY KEY (experiment_id, at, metric)
  )`,
  `ALTER TABLE conversation_logs ADD COLUMN experiment jsonb`,
  `CREATE INDEX conversation_logs_by_experiment ON conversation_logs (organization, (experiment->>'id'))
    WHERE experiment IS NOT NULL`,
  `ALTER TABLE rlhf_feedback ADD COLUMN experiment jsonb`,
  `CREATE INDEX rlhf_feedback_by_experiment ON rlhf_feedback (organization, (experiment->>'id'))
    WHERE experiment IS NOT NULL`,
];
