import { sql } from 'kysely';
import { backfillSome } from '../../platform/db/backfill.ts';
import type { Sql } from './review.ts';

const AT_ONCE = 1000;

/**
 * Has feedback from before words were found without their marks found so too, a batch at a time. Texts of nothing but
 * ASCII have no marks.
 * @returns whether there is more to do
 */
export function backfillWords(db: Sql): Promise<boolean> {
  return backfillSome(db, 'review_words', async (transaction, after) => {
    const { rows } = await sql<{ last: string | null }>`
      WITH batch AS MATERIALIZED (
        SELECT id, query, response, text_feedback FROM rlhf_feedback WHERE id > ${after}::uuid ORDER BY id LIMIT ${AT_ONCE}
      ), worded AS (
        UPDATE review_words w SET words = feedback_words(query, response, text_feedback) FROM batch
        WHERE w.feedback_id = batch.id AND octet_length(query || response || coalesce(text_feedback, ''))
          <> length(query || response || coalesce(text_feedback, ''))
      )
      SELECT (array_agg(id ORDER BY id DESC))[1] AS last FROM batch`.execute(transaction);
    return rows[0]?.last ?? null;
  });
}
