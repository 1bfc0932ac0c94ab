import type { UnitSums } from '@attune/core';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { unitSums } from '../platform/db/unit-sums.ts';

/** Which answers a ramp compares: those of its model, and of the one before (null: of none). */
export interface RampKey {
  readonly organization: string;
  /** Reward models choose answers, policies write them. */
  readonly kind: 'reward' | 'policy';
  readonly treatment: string;
  readonly control: string | null;
  /** When each step began, the first one first. */
  readonly starts: readonly Date[];
  /** Counting tokens reads every candidate: only where something asks for them. */
  readonly withCost: boolean;
}

/** What people got from one model during one step. */
export interface RampAnswers {
  /** Index among the starts. */
  readonly step: number;
  readonly arm: 'treatment' | 'control';
  readonly units: number;
  readonly answers: number;
  /** Of delivered answers: the logarithm of milliseconds, and the tokens of all candidates where they are known. */
  readonly latency: UnitSums;
  readonly cost: UnitSums;
  /** Failures among delivered and failed answers. */
  readonly error_rate: UnitSums;
}

/**
 * What the answers of a ramp show, by step and model. The independent unit is what its model is chosen by: the user,
 * else the session, else the answer itself. What experiments sent somewhere does not count.
 */
export async function rampAnswers(db: Kysely<Tables>, key: RampKey): Promise<RampAnswers[]> {
  const { organization, kind, treatment, control, withCost } = key;
  const starts = key.starts.map((start) => start.toISOString());
  const tokens = withCost
    ? sql`(SELECT sum((candidate->>'tokens')::float8) FROM jsonb_array_elements(all_candidates) AS candidate)`
    : sql`NULL::float8`;
  // Whoever was to get a policy counts for it, also where another had to stand in.
  const ofTreatment =
    kind === 'policy' ? sql`assigned_policy = ${treatment}` : sql`reward_model = ${treatment}`;
  const ofControl =
    kind === 'policy'
      ? sql`assigned_policy = ${control ?? ''}`
      : control === null
        ? sql`reward_model IS NULL`
        : sql`reward_model = ${control}`;
  const failed =
    kind === 'policy'
      ? sql`(status = 'failed' AND degraded IS DISTINCT FROM 'declined') OR coalesce(degraded, '') LIKE '%policy_failed%'`
      : sql`status = 'failed' AND degraded IS DISTINCT FROM 'declined'`;
  const { rows } = await sql<RampAnswers>`
    WITH answers AS (
      SELECT width_bucket("timestamp", ${starts}::timestamptz[]) - 1 AS step,
        CASE WHEN ${ofTreatment} THEN 'treatment' ELSE 'control' END AS arm,
        coalesce(user_id, session_id, response_id::text) AS unit, status,
        (${failed}) AS failed,
        greatest((timings->>'total_ms')::float8, 0.001) AS milliseconds, ${tokens} AS tokens
      FROM conversation_logs
      WHERE organization = ${organization} AND (${ofTreatment} OR ${ofControl})
        AND "timestamp" >= ${starts[0]}::timestamptz AND status <> 'open'
        AND import_key IS NULL AND experiment IS NULL
    ), units AS (
      SELECT step, arm, unit, count(*) AS answers,
        count(milliseconds) FILTER (WHERE status = 'delivered') AS delivered,
        sum(ln(milliseconds)) FILTER (WHERE status = 'delivered') AS log_milliseconds,
        count(tokens) FILTER (WHERE status = 'delivered') AS priced,
        sum(tokens) FILTER (WHERE status = 'delivered') AS tokens,
        count(*) FILTER (WHERE status IN ('delivered', 'failed')) AS asked, count(*) FILTER (WHERE failed) AS failed
      FROM answers GROUP BY 1, 2, 3
    )
    SELECT step, arm, count(*)::int AS units, sum(answers)::int AS answers,
      ${unitSums({ count: sql`delivered`, total: sql`log_milliseconds` })} AS latency,
      ${unitSums({ count: sql`priced`, total: sql`tokens` })} AS cost,
      ${unitSums({ count: sql`asked`, total: sql`failed` })} AS error_rate
    FROM units GROUP BY 1, 2`.execute(db);
  return rows;
}
