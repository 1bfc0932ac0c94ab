import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

/** The stored sums of one model version ('' for answers that no model scored). */
export interface CounterRow {
  organization: string;
  reward_model: string;
  feedback: number;
  ratings: number;
  rating_sum: number;
  distribution: [number, number, number, number, number];
  thumbs_up: number;
  thumbs_down: number;
  corrections: number;
  /** The last `window` star ratings of live answers, newest first. */
  recent: number[];
}

/** The counters of an organisation's versions with their last `window` ratings. */
export async function counterRows(db: Sql, organization: string, window: number): Promise<CounterRow[]> {
  const { rows } = await sql<CounterRow>`
    SELECT organization, reward_model, feedback::float8, ratings::float8, rating_sum::float8, distribution::float8[],
      thumbs_up::float8, thumbs_down::float8, corrections::float8,
      ARRAY(SELECT rating_overall::numeric::float8 FROM rlhf_feedback f
        WHERE f.organization = c.organization AND coalesce(f.reward_model, '') = c.reward_model
          AND f.source NOT IN ('import', 'model') AND rating_overall IS NOT NULL
        ORDER BY created_at DESC, id DESC LIMIT ${window}) AS recent
    FROM version_counters c WHERE organization = ${organization} ORDER BY reward_model`.execute(db);
  return rows;
}

/** Ratings of a version over all organisations. */
export interface RatingTotal {
  rewardModel: string | null;
  ratings: number;
  ratingSum: number;
}

export async function ratingTotals(db: Sql): Promise<RatingTotal[]> {
  const { rows } = await sql<RatingTotal>`
    SELECT nullif(reward_model, '') AS "rewardModel", sum(ratings)::float8 AS ratings,
      sum(rating_sum)::float8 AS "ratingSum"
    FROM version_counters GROUP BY 1 ORDER BY 1`.execute(db);
  return rows;
}

/** A model version of an organisation; null for answers that no model scored. */
export interface Version {
  organization: string;
  rewardModel: string | null;
}

/** Every version that has feedback. */
export async function versionsWithFeedback(db: Sql): Promise<Version[]> {
  const { rows } = await sql<Version>`
    SELECT organization, nullif(reward_model, '') AS "rewardModel" FROM version_counters WHERE feedback > 0
    ORDER BY 1, 2`.execute(db);
  return rows;
}
