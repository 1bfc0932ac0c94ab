import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

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
