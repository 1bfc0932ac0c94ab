import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

/** What a person said of a live answer. */
export interface AnswerLabel {
  readonly responseId: string;
  /** Stars, 1 to 5; null for thumbs. */
  readonly rating: number | null;
  /** At least four stars or thumbs up; null for three stars, which are neither. */
  readonly positive: boolean | null;
}

/** The newest reactions of people to answers of a reward model in a span of time, at most `most`. */
export async function labelsIn(
  db: Sql,
  span: { organization: string; rewardModel: string; from: Date; to: Date },
  most: number,
): Promise<AnswerLabel[]> {
  const { rows } = await sql<AnswerLabel>`
    SELECT response_id AS "responseId", rating_overall::numeric::float8 AS rating,
      CASE WHEN rating_overall >= 4 OR (rating_overall IS NULL AND reaction_type = 'thumbs_up') THEN true
        WHEN rating_overall <= 2 OR (rating_overall IS NULL AND reaction_type = 'thumbs_down') THEN false END AS positive
    FROM rlhf_feedback
    WHERE organization = ${span.organization} AND coalesce(reward_model, '') = ${span.rewardModel}
      AND source IN ('user', 'expert') AND response_id IS NOT NULL
      AND (rating_overall IS NOT NULL OR reaction_type IN ('thumbs_up', 'thumbs_down'))
      AND created_at >= ${span.from} AND created_at < ${span.to}
    ORDER BY created_at DESC, id DESC LIMIT ${most}`.execute(db);
  return rows;
}
