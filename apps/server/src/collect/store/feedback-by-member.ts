import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

/** What a signed-in member gave in a period. */
export interface FeedbackByMember {
  /** `member:<id>`. */
  readonly principal: string;
  readonly n: number;
  readonly lastAt: Date;
}

/** Feedback that signed-in members gave since a time, the busiest first, at most `limit` of them. */
export async function feedbackByMember(
  db: Sql,
  organization: string,
  since: Date,
  limit: number,
): Promise<FeedbackByMember[]> {
  const { rows } = await sql<FeedbackByMember>`
    SELECT person AS principal, count(*)::int AS n, max(created_at) AS "lastAt"
    FROM rlhf_feedback
    WHERE organization = ${organization} AND created_at >= ${since} AND source <> 'import'
      AND person LIKE 'member:%'
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`.execute(db);
  return rows;
}
