import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

/** What one user said in a span of time. */
export interface UserFeedback {
  readonly user: string;
  /** Stars and thumbs, and positive ones among them. */
  readonly reactions: number;
  readonly positive: number;
  readonly ratings: number;
  readonly stars: number;
}

/** What each user said since a time about answers that belong to no experiment; at most `most` users. */
export async function userFeedback(
  db: Sql,
  organization: string,
  since: Date,
  most: number,
): Promise<UserFeedback[]> {
  const { rows } = await sql<UserFeedback>`
    SELECT user_id AS "user",
      count(*) FILTER (WHERE rating_overall IS NOT NULL OR reaction_type IN ('thumbs_up', 'thumbs_down'))::int
        AS reactions,
      count(*) FILTER (WHERE rating_overall >= 4
        OR (rating_overall IS NULL AND reaction_type = 'thumbs_up'))::int AS positive,
      count(rating_overall)::int AS ratings, coalesce(sum(rating_overall::numeric), 0)::float8 AS stars
    FROM rlhf_feedback
    WHERE organization = ${organization} AND created_at >= ${since} AND user_id IS NOT NULL
      AND source IN ('user', 'expert') AND status <> 'rejected' AND experiment IS NULL
    GROUP BY user_id ORDER BY user_id LIMIT ${most}`.execute(db);
  return rows;
}
