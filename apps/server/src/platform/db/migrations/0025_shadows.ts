import { type Kysely, sql } from 'kysely';

/** Models that score live traffic unseen, and what they gave to each answer; ramps for each kind of model. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE shadows (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    model uuid NOT NULL REFERENCES model_registry (id) ON DELETE CASCADE,
    model_id text NOT NULL,
    status text NOT NULL CHECK (status IN ('running', 'stopped', 'completed')),
    reason text CHECK (reason IN ('by_hand', 'enough_answers', 'time_over', 'model_archived')),
    share double precision NOT NULL CHECK (share > 0 AND share <= 1),
    answers_per_hour integer NOT NULL,
    max_answers integer NOT NULL,
    until timestamptz,
    dropped integer NOT NULL DEFAULT 0,
    project_id uuid,
    pairs integer NOT NULL DEFAULT 0,
    settled_to timestamptz NOT NULL,
    next_look_at timestamptz,
    started_by text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz
  )`,
  `CREATE INDEX shadows_newest ON shadows (organization, model_id, id DESC)`,
  // Whatever its replicas do, a model shadows once at a time.
  `CREATE UNIQUE INDEX shadows_one_at_a_time ON shadows (model) WHERE status = 'running'`,
  `CREATE TABLE shadow_answers (
    shadow_id uuid NOT NULL REFERENCES shadows (id) ON DELETE CASCADE,
    response_id uuid NOT NULL REFERENCES conversation_logs (response_id) ON DELETE CASCADE,
    organization text NOT NULL,
    scored_at timestamptz NOT NULL,
    error text,
    scores jsonb NOT NULL DEFAULT '[]',
    choices integer,
    delivered text,
    preferred text,
    shadow_reward double precision,
    live_reward double precision,
    live_model text,
    margin double precision,
    judged boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shadow_id, response_id)
  )`,
  `CREATE INDEX shadow_answers_by_time ON shadow_answers (shadow_id, scored_at)`,
  `CREATE INDEX shadow_answers_by_answer ON shadow_answers (response_id)`,
  `CREATE INDEX shadow_answers_disagreeing ON shadow_answers (shadow_id, margin DESC, response_id DESC) WHERE margin > 0`,
  `ALTER TABLE ramps ADD COLUMN kind text NOT NULL DEFAULT 'reward' CHECK (kind IN ('reward', 'policy'))`,
  `DROP INDEX ramps_one_in_force`,
  `CREATE UNIQUE INDEX ramps_one_in_force ON ramps (organization, kind) WHERE state = 'ramping'`,
  `CREATE INDEX ramps_newest_of_kind ON ramps (organization, kind, position DESC)`,
  // Whatever wrote an answer in the end, it counts for the policy that its visitor was to get; '' is none registered.
  `ALTER TABLE conversation_logs ADD COLUMN assigned_policy text`,
  `CREATE INDEX conversation_logs_by_assigned_policy ON conversation_logs (organization, assigned_policy, "timestamp")
    WHERE assigned_policy IS NOT NULL`,
  `ALTER TABLE rlhf_feedback ADD COLUMN assigned_policy text`,
  `CREATE INDEX rlhf_feedback_by_assigned_policy ON rlhf_feedback (organization, assigned_policy, created_at)
    WHERE assigned_policy IS NOT NULL`,
];
