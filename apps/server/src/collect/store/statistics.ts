import { armMoments, type UnitSums } from '@attune/core';
import { sql } from 'kysely';
import { unitSums } from '../../platform/db/unit-sums.ts';
import type { Sql } from './feedback-row.ts';

/** Reactions to one model version; only feedback on live answers counts, never imports. */
export interface RatingStatistics {
  /** Number of star ratings. */
  n: number;
  mean: number | null;
  /** Per rating, larger where one person's ratings are alike: variance / n is that of the mean. Null below two people. */
  variance: number | null;
  /** At most 2 stars, or thumbs down. */
  negative: number;
  thumbsUp: number;
  thumbsDown: number;
  safetyReports: number;
}

/** Reactions to answers of one model version since a time. Who is not named counts as somebody new each time. */
export async function ratingStatistics(
  db: Sql,
  organization: string,
  modelId: string,
  since: Date,
): Promise<RatingStatistics> {
  const { rows } = await sql<Omit<RatingStatistics, 'n' | 'mean' | 'variance'> & { ratings: UnitSums }>`
    WITH people AS (
      SELECT count(rating_overall) AS ratings, coalesce(sum(rating_overall::numeric), 0) AS stars,
        count(*) FILTER (WHERE rating_overall <= 2 OR reaction_type = 'thumbs_down') AS negative,
        count(*) FILTER (WHERE reaction_type = 'thumbs_up') AS thumbs_up,
        count(*) FILTER (WHERE reaction_type = 'thumbs_down') AS thumbs_down,
        count(*) FILTER (WHERE feedback_value @> '{"safety_issue": true}') AS safety_reports
      FROM rlhf_feedback
      WHERE organization = ${organization} AND coalesce(reward_model, '') = ${modelId} AND source IN ('user', 'expert')
        AND created_at >= ${since}
      GROUP BY coalesce(user_id, id::text)
    )
    SELECT ${unitSums({ count: sql`ratings`, total: sql`stars` })} AS ratings,
      coalesce(sum(negative), 0)::int AS negative, coalesce(sum(thumbs_up), 0)::int AS "thumbsUp",
      coalesce(sum(thumbs_down), 0)::int AS "thumbsDown", coalesce(sum(safety_reports), 0)::int AS "safetyReports"
    FROM people`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate without groups gave no row.');
  const { ratings, ...reactions } = row;
  const { n, mean, variance } = armMoments(ratings);
  return { ...reactions, n, mean: known(mean), variance: known(variance) };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** How far back to look. */
export interface ReactionWindows {
  readonly ratings: number;
  readonly reactions: number;
}

/** The last reactions to one model version, newest first. */
export interface RecentReactions {
  /** Stars. */
  readonly ratings: readonly number[];
  /** Of stars or thumbs alike: whether each was negative (at most 2 stars, or thumbs down). */
  readonly negative: readonly boolean[];
}

/** The last reactions to a model version (null: answers that no model scored). */
export async function recentReactions(
  db: Sql,
  organization: string,
  rewardModel: string | null,
  { ratings, reactions }: ReactionWindows,
): Promise<RecentReactions> {
  const ofVersion = sql`FROM rlhf_feedback WHERE organization = ${organization}
    AND coalesce(reward_model, '') = ${rewardModel ?? ''} AND source NOT IN ('import', 'model')`;
  const newest = sql`ORDER BY created_at DESC, id DESC`;
  const { rows } = await sql<RecentReactions>`SELECT
    ARRAY(SELECT rating_overall::numeric::float8 ${ofVersion} AND rating_overall IS NOT NULL
      ${newest} LIMIT ${ratings}) AS ratings,
    ARRAY(SELECT coalesce(rating_overall <= 2, false) OR coalesce(reaction_type = 'thumbs_down', false) ${ofVersion}
      AND (rating_overall IS NOT NULL OR reaction_type IN ('thumbs_up', 'thumbs_down'))
      ${newest} LIMIT ${reactions}) AS negative`.execute(db);
  return rows[0] ?? { ratings: [], negative: [] };
}
