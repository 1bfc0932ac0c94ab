import type { UnitSums } from '@attune/core';
import { sql } from 'kysely';
import { unitSums } from '../../platform/db/unit-sums.ts';
import type { Sql } from './feedback-row.ts';

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  readonly to: Date;
}

/** What people said in a span of time. */
export interface ReportFeedback {
  readonly feedback: number;
  readonly comments: number;
  /** Positive ones among stars and thumbs; stars; thumbs up among thumbs. */
  readonly satisfaction: UnitSums;
  readonly rating: UnitSums;
  readonly thumbs: UnitSums;
  /** Of each person who said something, whether they reported an answer as harmful. */
  readonly harm: UnitSums;
}

/** Something that a person said about an answer. */
export interface SaidText {
  readonly id: string;
  readonly query: string;
  readonly comment: string;
  /** At least four stars or thumbs up; null for three stars and for feedback without either. */
  readonly positive: boolean | null;
}

const isThumb = sql`reaction_type IN ('thumbs_up', 'thumbs_down')`;
const isUp = sql`reaction_type = 'thumbs_up'`;
const isReaction = sql`(rating_overall IS NOT NULL OR ${isThumb})`;
const isPositive = sql`(rating_overall >= 4 OR (rating_overall IS NULL AND ${isUp}))`;
const isNegative = sql`(rating_overall <= 2 OR (rating_overall IS NULL AND reaction_type = 'thumbs_down'))`;

/** Feedback of a span that people gave and nobody rejected. */
const within = ({ organization, from, to }: Span) => sql`
  organization = ${organization} AND created_at >= ${from} AND created_at < ${to}
  AND source IN ('user', 'expert') AND status <> 'rejected'`;

/** What people said in a span of time. The independent unit is the user, else the session, else the person. */
export async function reportFeedback(db: Sql, span: Span): Promise<ReportFeedback> {
  const { rows } = await sql<ReportFeedback>`
    WITH people AS (
      SELECT coalesce(user_id, session_id, person) AS unit, count(*) AS feedback,
        count(*) FILTER (WHERE btrim(coalesce(text_feedback, '')) <> '') AS comments,
        count(rating_overall) AS ratings, coalesce(sum(rating_overall::numeric), 0) AS stars,
        count(*) FILTER (WHERE ${isThumb}) AS thumbs, count(*) FILTER (WHERE ${isUp}) AS up,
        count(*) FILTER (WHERE ${isReaction}) AS reactions, count(*) FILTER (WHERE ${isPositive}) AS positive,
        coalesce(bool_or(feedback_value @> '{"safety_issue": true}'), false)::int AS reports
      FROM rlhf_feedback WHERE ${within(span)} GROUP BY 1
    )
    SELECT coalesce(sum(feedback), 0)::int AS feedback, coalesce(sum(comments), 0)::int AS comments,
      ${unitSums({ count: sql`reactions`, total: sql`positive` })} AS satisfaction,
      ${unitSums({ count: sql`ratings`, total: sql`stars` })} AS rating,
      ${unitSums({ count: sql`thumbs`, total: sql`up` })} AS thumbs,
      ${unitSums({ count: sql`1`, total: sql`reports` })} AS harm
    FROM people`.execute(db);
  const [sums] = rows;
  if (sums === undefined) throw new Error('sums over any rows are one row');
  return sums;
}

/** The newest things said in a span of time, at most `most`: comments, or whatever has a question. */
export async function saidIn(
  db: Sql,
  span: Span,
  what: 'comments' | 'questions',
  most: number,
): Promise<SaidText[]> {
  const { rows } = await sql<SaidText>`
    SELECT id, query, coalesce(text_feedback, '') AS comment,
      CASE WHEN ${isPositive} THEN true WHEN ${isNegative} THEN false END AS positive
    FROM rlhf_feedback
    WHERE ${within(span)} AND btrim(coalesce(${what === 'comments' ? sql`text_feedback` : sql`query`}, '')) <> ''
    ORDER BY created_at DESC, id DESC LIMIT ${most}`.execute(db);
  return rows;
}

/** Those of some feedback that are still there. */
export async function stillThere(
  db: Sql,
  organization: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('rlhf_feedback')
    .select('id')
    .where('organization', '=', organization)
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}
