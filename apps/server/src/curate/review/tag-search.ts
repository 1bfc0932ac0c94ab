import { sql } from 'kysely';
import type { Condition } from './condition.ts';
import { areFew } from './few-hits.ts';
import type { Sql } from './review.ts';

/** How to search for a tag. */
export async function searchTag(db: Sql, organization: string, tag: string): Promise<Condition> {
  const hits = sql`SELECT t.id FROM rlhf_feedback t
    WHERE t.tags @> ARRAY[${tag}]::text[] AND t.organization = ${organization}`;
  return (await areFew(db, hits))
    ? sql<boolean>`f.id = ANY(ARRAY(${hits}))`
    : sql<boolean>`f.tags @> ARRAY[${tag}]::text[]`;
}
