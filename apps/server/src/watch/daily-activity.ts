import { sql } from 'kysely';
import type { Sql } from './sql.ts';

/** What happened on one day, in UTC. Imported histories are left out. */
export interface DailyActivity {
  /** `2026-03-10`. */
  readonly day: string;
  /** Delivered answers. */
  readonly answers: number;
  /** Answers made on this day that somebody has reacted to since. */
  readonly reached: number;
  readonly feedback: number;
  /** Stars or thumbs. */
  readonly reactions: number;
  /** Of these, at least four stars, or thumbs up where there are no stars. */
  readonly positive: number;
}

/** The days from `since` (`2026-03-10`) on which something happened, read from the sums that the database keeps. */
export async function dailyActivity(db: Sql, organization: string, since: string): Promise<DailyActivity[]> {
  const { rows } = await sql<DailyActivity>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, coalesce(answers, 0)::int AS answers,
      coalesce(reached, 0)::int AS reached, coalesce(feedback, 0)::int AS feedback,
      coalesce(reactions, 0)::int AS reactions, coalesce(positive, 0)::int AS positive
    FROM (SELECT * FROM daily_answers WHERE organization = ${organization} AND day >= ${since}::date) AS a
    FULL JOIN (SELECT * FROM daily_feedback WHERE organization = ${organization} AND day >= ${since}::date) AS f
      USING (day)
    ORDER BY 1`.execute(db);
  return rows;
}
