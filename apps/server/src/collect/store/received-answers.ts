import { sql } from 'kysely';
import { formatUuidV7 } from '../../platform/ids.ts';
import type { Sql } from './feedback-row.ts';

/** How people received an answer as a whole. */
export interface ReceivedAnswer {
  readonly responseId: string;
  /** Mean of its stars, 1 to 5; null without any. */
  readonly rating: number | null;
  /** Share of reactions that were positive, of those that say so; three stars do not. */
  readonly positive: number | null;
}

/** Answers are found by their ids, which carry the time since 1970 (RFC 9562, version 7). */
const firstIdAt = (at: Date) => formatUuidV7(Math.max(0, at.getTime()), 0, 0n);

/**
 * How people received answers that were given in a span of time: so many at most, drawn at random, always the same ones;
 * and how many there are. Rejected feedback does not count, nor does what models or imports say.
 */
export async function receivedAnswers(
  db: Sql,
  span: { readonly organization: string; readonly from: Date; readonly to: Date },
  most: number,
): Promise<{ total: number; drawn: ReceivedAnswer[] }> {
  const { rows } = await sql<ReceivedAnswer & { total: number }>`
    SELECT response_id AS "responseId", avg(rating_overall)::float8 AS rating,
      avg(CASE WHEN rating_overall >= 4 OR (rating_overall IS NULL AND reaction_type = 'thumbs_up') THEN 1
        WHEN rating_overall <= 2 OR (rating_overall IS NULL AND reaction_type = 'thumbs_down') THEN 0 END)::float8 AS positive,
      (count(*) OVER ())::int AS total
    FROM rlhf_feedback
    WHERE organization = ${span.organization} AND target = 'answer'
      AND response_id >= ${firstIdAt(span.from)}::uuid AND response_id < ${firstIdAt(span.to)}::uuid
      AND source IN ('user', 'expert') AND status <> 'rejected'
      AND (rating_overall IS NOT NULL OR reaction_type IN ('thumbs_up', 'thumbs_down'))
    GROUP BY response_id ORDER BY md5(response_id::text) LIMIT ${most}`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    drawn: rows.map(({ responseId, rating, positive }) => ({ responseId, rating, positive })),
  };
}
