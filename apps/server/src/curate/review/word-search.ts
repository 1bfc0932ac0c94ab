import { sql } from 'kysely';
import { type Hits, hitsOf } from './hits.ts';
import type { Sql } from './review.ts';

/** How to search for words. */
export function searchWords(db: Sql, organization: string, q: string): Promise<Hits> {
  const query = sql`websearch_to_tsquery('simple', ${q.normalize('NFC')})`;
  const ids = sql`SELECT w.feedback_id FROM review_words w
    WHERE w.words @@ ${query} AND w.organization = ${organization}`;
  const holds = sql<boolean>`(SELECT w.words @@ ${query} FROM review_words w WHERE w.feedback_id = f.id)`;
  return hitsOf(db, { ids, holds });
}
