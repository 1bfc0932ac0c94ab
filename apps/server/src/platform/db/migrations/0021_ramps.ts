import { type Kysely, sql } from 'kysely';

/** Ramps keep their guards and criteria, what was seen, and every decision with what was known then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const guards = `[{"metric": "rating", "margin": 0.3, "minimum_samples": 50},
  {"metric": "safety", "margin": 0, "minimum_samples": 50},
  {"metric": "error_rate", "margin": 0.01, "minimum_samples": 100},
  {"metric": "latency", "margin": 0.5, "minimum_samples": 100}]`;

const statements = [
  `ALTER TABLE ramps
    ADD COLUMN guards jsonb NOT NULL DEFAULT '${guards}',
    ADD COLUMN criteria jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN paused_at timestamptz,
    ADD COLUMN paused_seconds double precision NOT NULL DEFAULT 0,
    ADD COLUMN held boolean NOT NULL DEFAULT false,
    ADD COLUMN evidence jsonb,
    ADD COLUMN history jsonb NOT NULL DEFAULT '[]'`,
  // Where no model stood before, answers that none chose are what the first one is compared with.
  `CREATE INDEX conversation_logs_without_model ON conversation_logs (organization, "timestamp")
    WHERE reward_model IS NULL AND import_key IS NULL`,
];
