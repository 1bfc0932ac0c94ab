import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

/** What one person said of a live answer as a whole, or of two of its candidates. */
export interface LabelOfAnswer {
  readonly responseId: string;
  /** At least four stars or thumbs up; null for three stars, which are neither, and for a comparison. */
  readonly positive: boolean | null;
  /** Ids of candidates; null for what is no comparison. */
  readonly chosen: string | null;
  readonly rejected: string | null;
}

/** What people said of some answers that tells good from bad; rejected feedback does not count. */
export async function labelsOfAnswers(
  db: Sql,
  organization: string,
  responseIds: readonly string[],
): Promise<LabelOfAnswer[]> {
  if (responseIds.length === 0) return [];
  const { rows } = await sql<LabelOfAnswer>`
    SELECT response_id AS "responseId",
      CASE WHEN rating_overall >= 4 OR (rating_overall IS NULL AND reaction_type = 'thumbs_up') THEN true
        WHEN rating_overall <= 2 OR (rating_overall IS NULL AND reaction_type = 'thumbs_down') THEN false END AS positive,
      feedback_value->'comparison'->>'chosen' AS chosen, feedback_value->'comparison'->>'rejected' AS rejected
    FROM rlhf_feedback
    WHERE organization = ${organization} AND response_id = ANY (${[...responseIds]}::uuid[])
      AND source IN ('user', 'expert') AND status <> 'rejected'
      AND ((target = 'answer' AND (rating_overall IS NOT NULL OR reaction_type IN ('thumbs_up', 'thumbs_down')))
        OR feedback_value->'comparison'->>'chosen' IS NOT NULL)`.execute(db);
  return rows;
}
