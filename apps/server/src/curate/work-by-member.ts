import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';

/** What a signed-in member did in a period. */
export interface WorkByMember {
  /** `member:<id>`. */
  readonly principal: string;
  readonly n: number;
  readonly lastAt: Date;
}

/** Decisions in the review queue since a time that were not taken back, the busiest first. */
export async function reviewsByMember(
  db: Kysely<Tables>,
  organization: string,
  since: Date,
  limit: number,
): Promise<WorkByMember[]> {
  const { rows } = await sql<WorkByMember>`
    SELECT principal, count(*)::int AS n, max(created_at) AS "lastAt"
    FROM review_decisions
    WHERE organization = ${organization} AND created_at >= ${since} AND state IN ('running', 'done')
      AND principal LIKE 'member:%'
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`.execute(db);
  return rows;
}

/** Blind votes since a time, the busiest first. */
export async function judgementsByMember(
  db: Kysely<Tables>,
  organization: string,
  since: Date,
  limit: number,
): Promise<WorkByMember[]> {
  const { rows } = await sql<WorkByMember>`
    SELECT judge AS principal, count(*)::int AS n, max(created_at) AS "lastAt"
    FROM pair_judgements
    WHERE organization = ${organization} AND created_at >= ${since} AND judge LIKE 'member:%'
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`.execute(db);
  return rows;
}
