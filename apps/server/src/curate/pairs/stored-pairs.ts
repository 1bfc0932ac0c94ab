import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { batches } from '../batches.ts';
import type { NewPair } from './pair-store.ts';
import { questionHash } from './question-hash.ts';

/** Whether a pair is stored already: free, or in a frozen data set. */
export type StoredAs = 'free' | 'frozen';

type KeyedPair = Pick<NewPair, 'query' | 'query_context' | 'chosen_response' | 'rejected_response'> & {
  import_key: string;
};

const PAIRS_AT_ONCE = 5000;

/**
 * Which of these pairs are stored already, by import key: as they were made, whatever became of their text, or with the
 * same question after the same turns and the same answers, whoever wrote them. What stands in a data set counts as frozen.
 */
export async function storedPairs(
  db: Kysely<Tables>,
  organization: string,
  pairs: readonly KeyedPair[],
): Promise<Map<string, StoredAs>> {
  const stored = new Map<string, StoredAs>();
  for (const batch of batches(pairs, PAIRS_AT_ONCE)) {
    const { rows } = await storedAmong(batch, organization).execute(db);
    for (const { key, frozen } of rows) {
      if (frozen || !stored.has(key)) stored.set(key, frozen ? 'frozen' : 'free');
    }
  }
  return stored;
}

/** Answers are compared by their MD5, so that no text travels back. */
function storedAmong(pairs: readonly KeyedPair[], organization: string) {
  const keys = pairs.map(({ import_key }) => import_key);
  const questions = pairs.map(({ query }) => query);
  const contexts = pairs.map(({ query_context = '' }) => query_context);
  const chosen = pairs.map((pair) => md5(pair.chosen_response));
  const rejected = pairs.map((pair) => md5(pair.rejected_response));
  return sql<{ key: string; frozen: boolean }>`
    WITH made AS (
      SELECT key, ${questionHash(sql<string>`question`)} AS question, ${questionHash(sql<string>`context`)} AS context,
        chosen, rejected
      FROM unnest(${keys}::text[], ${questions}::text[], ${contexts}::text[], ${chosen}::text[], ${rejected}::text[])
        AS made (key, question, context, chosen, rejected)
    )
    SELECT made.key, pair.dataset_id IS NOT NULL AS frozen
    FROM made JOIN preference_pairs AS pair ON pair.organization = ${organization} AND pair.import_key = made.key
    UNION ALL
    SELECT made.key, pair.dataset_id IS NOT NULL AS frozen
    FROM made JOIN preference_pairs AS pair ON pair.organization = ${organization}
      AND pair.query_hash = made.question AND ${questionHash(sql<string>`pair.query_context`)} = made.context
      AND md5(pair.chosen_response) = made.chosen AND md5(pair.rejected_response) = made.rejected`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
