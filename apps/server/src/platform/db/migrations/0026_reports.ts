import { type Kysely, sql } from 'kysely';

/** Weekly and monthly reports, what was done of what they propose, who is sent them; and the standing self-test. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE reports (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    kind text NOT NULL CHECK (kind IN ('week', 'month')),
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL,
    before_at timestamptz NOT NULL,
    content jsonb NOT NULL,
    actions jsonb NOT NULL,
    made_by text,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX reports_newest ON reports (organization, id DESC)`,
  // However many replicas see that a report is due, one is made.
  `CREATE UNIQUE INDEX reports_once_by_clock ON reports (organization, kind, to_at) WHERE made_by IS NULL`,
  `CREATE TABLE report_actions_done (
    report_id uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    action_id uuid NOT NULL,
    organization text NOT NULL REFERENCES organizations (id),
    by text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (report_id, action_id)
  )`,
  `ALTER TABLE alert_channels ADD COLUMN reports boolean NOT NULL DEFAULT false`,
  // Written with the report that it tells of.
  `CREATE TABLE report_deliveries (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    report_id uuid NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    channel_id uuid NOT NULL REFERENCES alert_channels (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (report_id, channel_id)
  )`,
  `CREATE INDEX report_deliveries_pending ON report_deliveries (created_at) WHERE state = 'pending'`,
  // One A/A test for each organisation: its salt, what was seen last, and how that went over time.
  `CREATE TABLE self_tests (
    organization text PRIMARY KEY REFERENCES organizations (id),
    salt uuid NOT NULL,
    started_at timestamptz NOT NULL,
    results jsonb,
    looks jsonb NOT NULL DEFAULT '[]',
    told boolean NOT NULL DEFAULT false,
    next_look_at timestamptz
  )`,
];
