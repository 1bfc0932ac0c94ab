import { sql } from 'kysely';
import type { Condition } from './condition.ts';
import { areFew } from './few-hits.ts';
import type { Sql } from './review.ts';

/** Full-text search as a condition on `rlhf_feedback AS f`. */
export interface WordSearch {
  readonly condition: Condition;
  /** The words are in so many items that one looks through the items, not through the hits. */
  readonly common: boolean;
}

/** How to search for words. */
export async function searchWords(db: Sql, organization: string, q: string): Promise<WordSearch> {
  const query = sql`websearch_to_tsquery('simple', ${q})`;
  const hits = sql`SELECT i.feedback_id FROM review_index i
    WHERE i.search @@ ${query} AND i.organization = ${organization}`;
  if (await areFew(db, hits)) return { condition: sql<boolean>`f.id = ANY(ARRAY(${hits}))`, common: false };
  const condition = sql<boolean>`(SELECT i.search @@ ${query} FROM review_index i WHERE i.feedback_id = f.id)`;
  return { condition, common: true };
}
