import { sql } from 'kysely';
import type { Sql } from './review.ts';

/** Tagged items looked at, newest first, and tags given. */
const ITEMS = 5000;
const TAGS = 100;

/** Tags in use, most frequent first. */
export async function tagsInUse(db: Sql, organization: string): Promise<{ tag: string; count: number }[]> {
  const { rows } = await sql<{ tag: string; count: number }>`
    SELECT tag, count(*)::int AS count FROM (
      SELECT tags FROM rlhf_feedback WHERE organization = ${organization} AND tags <> '{}'
      ORDER BY created_at DESC LIMIT ${ITEMS}) AS tagged, unnest(tags) AS tag
    GROUP BY tag ORDER BY count DESC, tag LIMIT ${TAGS}`.execute(db);
  return rows;
}
