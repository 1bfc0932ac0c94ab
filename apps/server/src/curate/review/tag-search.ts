import { sql } from 'kysely';
import { type Hits, hitsOf } from './hits.ts';
import type { Sql } from './review.ts';

/** How to search for a tag. */
export function searchTag(db: Sql, organization: string, tag: string): Promise<Hits> {
  const ids = sql`SELECT t.id FROM rlhf_feedback t
    WHERE t.tags @> ARRAY[${tag}]::text[] AND t.organization = ${organization}`;
  return hitsOf(db, { ids, holds: sql<boolean>`f.tags @> ARRAY[${tag}]::text[]` });
}
