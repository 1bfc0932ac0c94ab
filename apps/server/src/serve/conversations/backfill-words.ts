import { type Kysely, sql } from 'kysely';
import { backfillSome } from '../../platform/db/backfill.ts';
import type { Tables } from '../../platform/db/tables.ts';
import type { Log } from '../../platform/log.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';

const AT_ONCE = 500;
const PAUSE_MS = 500;

/** Goes on in the background until every turn is done, without taking the database from those who ask. */
export function startBackfill(db: Kysely<Tables>, log: Log): Repetition {
  let more = true;
  const work = async () => {
    if (more) more = await backfillTurns(db);
  };
  return repeat(PAUSE_MS, work, log, 'Indexing the words of conversations');
}

/**
 * Has turns from before conversations had an index of words found by them, a batch at a time.
 * @returns whether there is more to do
 */
export function backfillTurns(db: Kysely<Tables>): Promise<boolean> {
  return backfillSome(db, 'conversation_words', async (transaction, after) => {
    const { rows } = await sql<{ last: string | null }>`
      WITH batch AS MATERIALIZED (
        SELECT * FROM conversation_logs WHERE response_id > ${after}::uuid ORDER BY response_id LIMIT ${AT_ONCE}
      ), worded AS (
        INSERT INTO conversation_words (response_id, organization, asker, session_id, words)
        SELECT response_id, organization, asker, session_id,
          turn_words(organization, asker, query, selected_response)
        FROM batch WHERE asker IS NOT NULL AND session_id IS NOT NULL AND status <> 'open'
        ON CONFLICT (response_id) DO NOTHING
      )
      SELECT (array_agg(response_id ORDER BY response_id DESC))[1] AS last FROM batch`.execute(transaction);
    return rows[0]?.last ?? null;
  });
}
