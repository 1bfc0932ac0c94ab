import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { formatUuidV7 } from '../platform/ids.ts';

/** How questions fared since a time. */
export interface RecentAnswers {
  /** Answers that were delivered or failed; declined ones count as delivered, those that people left not at all. */
  readonly asked: number;
  /** Of these, the ones that an upstream or a fault kept from being delivered. */
  readonly failed: number;
  /** Of delivered answers, the newest first. */
  readonly seconds: readonly number[];
}

/** Newest answers that are looked at, however busy an organisation is. */
const MOST = 5000;

/** Ids carry the time (RFC 9562, version 7), and are indexed by organisation. */
export const firstIdAt = (at: Date) => formatUuidV7(at.getTime(), 0, 0n);

/** The newest 5,000 answers of an organisation since a time; imported ones are left out. */
export async function recentAnswers(
  db: Kysely<Tables>,
  organization: string,
  since: Date,
): Promise<RecentAnswers> {
  const { rows } = await sql<RecentAnswers>`
    SELECT count(*)::int AS asked,
      count(*) FILTER (WHERE status = 'failed' AND degraded IS DISTINCT FROM 'declined')::int AS failed,
      coalesce(array_agg((timings->>'total_ms')::float8 / 1000)
        FILTER (WHERE status = 'delivered' AND timings ? 'total_ms'), '{}') AS seconds
    FROM (
      SELECT status, degraded, timings FROM conversation_logs
      WHERE organization = ${organization} AND response_id >= ${firstIdAt(since)}::uuid
        AND status IN ('delivered', 'failed') AND import_key IS NULL
      ORDER BY response_id DESC LIMIT ${MOST}
    ) AS newest`.execute(db);
  return rows[0] ?? { asked: 0, failed: 0, seconds: [] };
}

/** A span of time of one reward model. */
export interface ModelSpan {
  readonly organization: string;
  readonly rewardModel: string;
  readonly from: Date;
  readonly to: Date;
}

/** Rewards, 0 to 1, of the newest answers that a model chose in a span of time, at most `most`. */
export async function rewardsIn(db: Kysely<Tables>, span: ModelSpan, most: number): Promise<number[]> {
  const { rows } = await sql<{ reward: number }>`
    SELECT reward_score::float8 AS reward FROM conversation_logs
    WHERE organization = ${span.organization} AND reward_model = ${span.rewardModel}
      AND "timestamp" >= ${span.from} AND "timestamp" < ${span.to}
      AND status = 'delivered' AND reward_score IS NOT NULL AND import_key IS NULL
    ORDER BY "timestamp" DESC LIMIT ${most}`.execute(db);
  return rows.map(({ reward }) => reward);
}

/** The rewards of some answers of an organisation, by response id; those without one are missing. */
export async function rewardsOf(
  db: Kysely<Tables>,
  organization: string,
  responseIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; reward: number }>`
    SELECT response_id AS id, reward_score::float8 AS reward FROM conversation_logs
    WHERE organization = ${organization} AND response_id = ANY(${[...responseIds]}::uuid[])
      AND reward_score IS NOT NULL`.execute(db);
  return new Map(rows.map(({ id, reward }) => [id, reward]));
}
