import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { firstIdAt } from './watched-answers.ts';

/** What one user got in a span of time. */
export interface UserAnswers {
  readonly user: string;
  /** Delivered answers, and their milliseconds. */
  readonly delivered: number;
  readonly milliseconds: number;
  /** Answers that were delivered or failed, and failures among them. */
  readonly asked: number;
  readonly failed: number;
}

/** What each user got since a time, imported answers and those of experiments left out; at most `most` users. */
export async function userAnswers(
  db: Kysely<Tables>,
  organization: string,
  since: Date,
  most: number,
): Promise<UserAnswers[]> {
  const { rows } = await sql<UserAnswers>`
    SELECT user_id AS "user", count(*) FILTER (WHERE status = 'delivered')::int AS delivered,
      coalesce(sum((timings->>'total_ms')::float8) FILTER (WHERE status = 'delivered'), 0)::float8 AS milliseconds,
      count(*)::int AS asked,
      count(*) FILTER (WHERE status = 'failed' AND degraded IS DISTINCT FROM 'declined')::int AS failed
    FROM conversation_logs
    WHERE organization = ${organization} AND response_id >= ${firstIdAt(since)}::uuid AND user_id IS NOT NULL
      AND status IN ('delivered', 'failed') AND import_key IS NULL AND experiment IS NULL
    GROUP BY user_id ORDER BY user_id LIMIT ${most}`.execute(db);
  return rows;
}
