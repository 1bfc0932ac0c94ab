import type { UnitSums } from '@attune/core';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { unitSums } from '../platform/db/unit-sums.ts';
import { firstIdAt } from './watched-answers.ts';

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  readonly to: Date;
}

/** What the answers of a span of time show. */
export interface ReportAnswers {
  /** Delivered ones. */
  readonly answers: number;
  readonly tokens: number;
  /** Known users who asked, and those of them who had asked nothing in the ninety days before. */
  readonly users: number;
  readonly newUsers: number;
  /** Milliseconds of delivered answers. */
  readonly latency: UnitSums;
  /** Failures among delivered and failed answers. */
  readonly errorRate: UnitSums;
  /** Tokens of all candidates of answers for which they are known. */
  readonly tokensEach: UnitSums;
  /** Questions that the same person has put before, in the same session and span, word by word. */
  readonly retries: UnitSums;
}

const DAYS_OF_PAST = 90;
const DAY_MS = 86_400_000;

/**
 * What the answers of a span of time show, imported ones left out. The independent unit is the user, else the session,
 * else the answer itself.
 */
export async function reportAnswers(db: Kysely<Tables>, span: Span): Promise<ReportAnswers> {
  const { organization, from, to } = span;
  const { rows } = await sql<Omit<ReportAnswers, 'users' | 'newUsers'>>`
    WITH answers AS (
      SELECT coalesce(user_id, session_id, response_id::text) AS unit, session_id, md5(lower(trim(query))) AS question,
        status, status = 'failed' AND degraded IS DISTINCT FROM 'declined' AS failed,
        (timings->>'total_ms')::float8 AS milliseconds,
        (SELECT sum((candidate->>'tokens')::float8) FROM jsonb_array_elements(all_candidates) AS candidate) AS tokens
      FROM conversation_logs
      WHERE organization = ${organization} AND response_id >= ${firstIdAt(from)}::uuid
        AND response_id < ${firstIdAt(to)}::uuid AND status IN ('delivered', 'failed') AND import_key IS NULL
    ), units AS (
      SELECT unit, count(*) AS asked, count(*) FILTER (WHERE failed) AS failed,
        count(*) FILTER (WHERE status = 'delivered') AS delivered,
        count(milliseconds) FILTER (WHERE status = 'delivered') AS timed,
        sum(milliseconds) FILTER (WHERE status = 'delivered') AS milliseconds,
        count(tokens) AS priced, sum(tokens) AS tokens,
        count(*) - count(DISTINCT (coalesce(session_id, ''), question)) AS again
      FROM answers GROUP BY 1
    )
    SELECT coalesce(sum(delivered), 0)::int AS answers, coalesce(sum(tokens), 0)::float8 AS tokens,
      ${unitSums({ count: sql`timed`, total: sql`milliseconds` })} AS latency,
      ${unitSums({ count: sql`asked`, total: sql`failed` })} AS "errorRate",
      ${unitSums({ count: sql`priced`, total: sql`tokens` })} AS "tokensEach",
      ${unitSums({ count: sql`asked`, total: sql`again` })} AS retries
    FROM units`.execute(db);
  const [sums] = rows;
  if (sums === undefined) throw new Error('sums over any rows are one row');
  return { ...sums, ...(await usersIn(db, span)) };
}

async function usersIn(
  db: Kysely<Tables>,
  { organization, from, to }: Span,
): Promise<Pick<ReportAnswers, 'users' | 'newUsers'>> {
  const past = new Date(from.getTime() - DAYS_OF_PAST * DAY_MS);
  const { rows } = await sql<Pick<ReportAnswers, 'users' | 'newUsers'>>`
    SELECT count(*)::int AS users, count(*) FILTER (WHERE NOT seen_before)::int AS "newUsers" FROM (
      SELECT bool_or(response_id < ${firstIdAt(from)}::uuid) AS seen_before
      FROM conversation_logs
      WHERE organization = ${organization} AND response_id >= ${firstIdAt(past)}::uuid
        AND response_id < ${firstIdAt(to)}::uuid AND user_id IS NOT NULL AND import_key IS NULL
      GROUP BY user_id HAVING bool_or(response_id >= ${firstIdAt(from)}::uuid)
    ) AS active`.execute(db);
  return rows[0] ?? { users: 0, newUsers: 0 };
}
