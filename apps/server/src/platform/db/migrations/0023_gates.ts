import { type Kysely, sql } from 'kysely';

/** Gates before a deployment: their settings and measurements; notes and tags of models; final evaluations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE gate_settings (
    organization text PRIMARY KEY REFERENCES organizations (id),
    settings jsonb NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  `CREATE TABLE gate_measurements (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    model uuid NOT NULL REFERENCES model_registry (id) ON DELETE CASCADE,
    model_id text NOT NULL,
    incumbent_model_id text,
    dataset_id uuid,
    status text NOT NULL CHECK (status IN ('waiting', 'measuring', 'completed', 'failed')),
    progress real NOT NULL DEFAULT 0,
    result jsonb,
    error text,
    requested_by text NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
  )`,
  `CREATE INDEX gate_measurements_newest ON gate_measurements (organization, model_id, id DESC)`,
  // Whatever its replicas do, a model is measured once at a time.
  `CREATE UNIQUE INDEX gate_measurements_one_at_a_time ON gate_measurements (model) WHERE ended_at IS NULL`,
  `CREATE TABLE model_notes (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    model uuid NOT NULL REFERENCES model_registry (id) ON DELETE CASCADE,
    text text NOT NULL,
    by text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX model_notes_newest ON model_notes (model, id DESC)`,
  `CREATE TABLE final_evaluations (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    model uuid NOT NULL REFERENCES model_registry (id) ON DELETE CASCADE,
    model_id text NOT NULL,
    against_model_id text NOT NULL,
    project_id uuid NOT NULL,
    effect real NOT NULL,
    power real NOT NULL,
    needed integer NOT NULL,
    pairs integer NOT NULL,
    looked_at integer NOT NULL,
    differing integer NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX final_evaluations_newest ON final_evaluations (organization, model_id, id DESC)`,
  `ALTER TABLE model_registry ADD COLUMN tags text[] NOT NULL DEFAULT '{}'`,
  `ALTER TABLE ramps ADD COLUMN gate_override jsonb`,
];
