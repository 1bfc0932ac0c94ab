import type { FeedbackSource, FeedbackStatus, FeedbackType } from '@attune/contracts';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { FeedbackRow, Sql } from './feedback-row.ts';

/** Which feedback matches; empty lists and null stand for anything. */
export interface FeedbackMatch {
  readonly statuses: readonly FeedbackStatus[];
  /** All of them. */
  readonly tags: readonly string[];
  readonly sources: readonly FeedbackSource[];
  readonly types: readonly FeedbackType[];
  readonly after: Date | null;
  readonly before: Date | null;
  /** Of stars; thumbs count as 5 and 1. */
  readonly minRating: number | null;
  readonly maxRating: number | null;
  /** E-mail address of who reviewed it. */
  readonly reviewer: string | null;
  /** Feedback that is in a data set too. */
  readonly includeUsed: boolean;
}

/** Where a page ended; microseconds matter, so the time travels as text. */
export interface MatchPosition {
  readonly createdAt: string;
  readonly id: string;
}

export type MatchingRow = FeedbackRow & { position: string };

/** Up to `limit` matching rows, newest first. */
export function matchingRows(
  db: Sql,
  organization: string,
  match: FeedbackMatch,
  after: MatchPosition | null,
  limit: number,
): Promise<MatchingRow[]> {
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .select(
      sql<string>`to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('position'),
    )
    .where('organization', '=', organization)
    .where((eb) => eb.and(conditions(match)))
    .$if(after !== null, (query) =>
      query.where(sql<SqlBool>`(created_at, id) < (${after?.createdAt}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** How many match, up to `most`. */
export async function countMatching(
  db: Sql,
  organization: string,
  match: FeedbackMatch,
  most: number,
): Promise<number> {
  const some = db
    .selectFrom('rlhf_feedback')
    .select('id')
    .where('organization', '=', organization)
    .where((eb) => eb.and(conditions(match)))
    .limit(most);
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM (${some}) AS some`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Ratings by people that were approved, or changed since, after a moment (null: those in no data set yet), up to `most`. */
export async function countNewlyApproved(
  db: Sql,
  organization: string,
  since: Date | null,
  most: number,
): Promise<number> {
  const isNew = since === null ? sql`NOT is_training_data` : sql`updated_at >= ${since}`;
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM (
    SELECT FROM rlhf_feedback WHERE organization = ${organization} AND status = 'approved' AND ${isNew}
      AND source <> 'model' AND ${rating} IS NOT NULL LIMIT ${most}) AS counted`.execute(db);
  return rows[0]?.n ?? 0;
}

const rating = sql`coalesce(rating_overall,
  CASE reaction_type WHEN 'thumbs_up' THEN 5 WHEN 'thumbs_down' THEN 1 END)`;

function conditions(match: FeedbackMatch): Expression<SqlBool>[] {
  const { statuses, tags, sources, types, after, before, minRating, maxRating, reviewer } = match;
  const all: (Expression<SqlBool> | false)[] = [
    statuses.length > 0 && sql<SqlBool>`status = ANY(${[...statuses]}::text[])`,
    tags.length > 0 && sql<SqlBool>`tags @> ${[...tags]}::text[]`,
    sources.length > 0 && sql<SqlBool>`source = ANY(${[...sources]}::text[])`,
    types.length > 0 && sql<SqlBool>`feedback_type = ANY(${[...types]}::text[])`,
    after !== null && sql<SqlBool>`created_at >= ${after}`,
    before !== null && sql<SqlBool>`created_at < ${before}`,
    minRating !== null && sql<SqlBool>`${rating} >= ${minRating}::real`,
    maxRating !== null && sql<SqlBool>`${rating} <= ${maxRating}::real`,
    reviewer !== null && sql<SqlBool>`curator_email = ${reviewer}`,
    !match.includeUsed && sql<SqlBool>`NOT is_training_data`,
  ];
  return all.filter((condition) => condition !== false);
}
