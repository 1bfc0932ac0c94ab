import type { ArmName, UnitSums } from '@attune/core';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { unitSums } from '../platform/db/unit-sums.ts';

/** What an arm's users got: milliseconds of delivered answers, and failures among all questions. */
export interface AnswerSums {
  readonly arm: ArmName;
  readonly users: number;
  readonly latency: UnitSums;
  readonly error_rate: UnitSums;
}

/** What the answers of an experiment show, by arm. */
export async function experimentAnswers(
  db: Kysely<Tables>,
  organization: string,
  experimentId: string,
): Promise<AnswerSums[]> {
  const latency = unitSums({ count: sql`delivered`, total: sql`milliseconds` });
  const errors = unitSums({ count: sql`asked`, total: sql`failed` });
  const { rows } = await sql<AnswerSums>`
    WITH users AS (
      SELECT experiment->>'arm' AS arm, experiment->>'unit' AS unit,
        count(*) FILTER (WHERE status = 'delivered') AS delivered,
        coalesce(sum((timings->>'total_ms')::float8) FILTER (WHERE status = 'delivered'), 0) AS milliseconds,
        count(*) FILTER (WHERE status IN ('delivered', 'failed')) AS asked,
        count(*) FILTER (WHERE status = 'failed' AND degraded IS DISTINCT FROM 'declined') AS failed
      FROM conversation_logs
      WHERE organization = ${organization} AND experiment->>'id' = ${experimentId} AND experiment IS NOT NULL
        AND status <> 'open'
      GROUP BY 1, 2
    )
    SELECT arm, count(*)::int AS users, ${latency} AS latency, ${errors} AS error_rate FROM users GROUP BY arm`.execute(
    db,
  );
  return rows;
}
