import { type Kysely, sql } from 'kysely';

/** Alerts as data: rules that were changed, what was found, channels, silences and messages that go out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `ALTER TABLE alerts
    ADD COLUMN severity text NOT NULL DEFAULT 'warning' CHECK (severity IN ('info', 'warning', 'critical')),
    ADD COLUMN subject text NOT NULL DEFAULT '',
    ADD COLUMN evidence jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN seen integer NOT NULL DEFAULT 1,
    ADD COLUMN last_seen_at timestamptz,
    ADD COLUMN acknowledged_at timestamptz,
    ADD COLUMN silenced_until timestamptz`,
  `UPDATE alerts SET subject = coalesce(feedback_id::text, reward_model, ''), last_seen_at = created_at`,
  `DROP INDEX alerts_fire_once`,
  // However many replicas see the same trouble, one alert fires.
  `CREATE UNIQUE INDEX alerts_fire_once ON alerts (organization, kind, subject) WHERE state = 'firing'`,
  // Only what differs from the defaults in the code, so that better defaults reach everybody else.
  `CREATE TABLE alert_rules (
    organization text NOT NULL REFERENCES organizations (id),
    kind text NOT NULL,
    settings jsonb NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (organization, kind)
  )`,
  `CREATE TABLE alert_channels (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    kind text NOT NULL CHECK (kind IN ('webhook', 'slack', 'email')),
    name text NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    settings jsonb NOT NULL,
    -- Encrypted with a key that is not in the database.
    secrets text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX alert_channels_of_organization ON alert_channels (organization, id)`,
  `CREATE TABLE alert_silences (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    kind text,
    subject text,
    reason text NOT NULL,
    until timestamptz NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    ended_by text
  )`,
  `CREATE INDEX alert_silences_newest ON alert_silences (organization, id DESC)`,
  // Written with the change that it tells of. Channel null: the webhook of the server's settings.
  `CREATE TABLE alert_deliveries (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    alert_id uuid NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    channel_id uuid REFERENCES alert_channels (id) ON DELETE CASCADE,
    event text NOT NULL CHECK (event IN ('firing', 'resolved')),
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  `CREATE UNIQUE INDEX alert_deliveries_once ON alert_deliveries (alert_id, coalesce(channel_id::text, ''), event)`,
  `CREATE INDEX alert_deliveries_pending ON alert_deliveries (created_at) WHERE state = 'pending'`,
  `CREATE INDEX alert_deliveries_of_channel ON alert_deliveries (channel_id, id DESC)`,
  `INSERT INTO alert_deliveries (id, organization, alert_id, event, state, created_at, updated_at)
    SELECT gen_random_uuid(), organization, id, 'firing', 'pending', created_at, created_at
    FROM alerts WHERE delivered = false AND created_at > now() - interval '1 day'`,
];
