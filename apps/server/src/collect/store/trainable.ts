import type { FeedbackStatus } from '@attune/contracts';
import { sql } from 'kysely';
import type { FeedbackRow, Sql } from './feedback-row.ts';

/** Up to `limit` rows after an id, in the order of ids. */
export function unusedAfter(
  db: Sql,
  organization: string,
  filter: { statuses: readonly FeedbackStatus[]; includeUsed: boolean },
  afterId: string | null,
  limit: number,
): Promise<FeedbackRow[]> {
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', organization)
    .$if(!filter.includeUsed, (query) => query.where(sql<boolean>`NOT is_training_data`))
    .$if(filter.statuses.length > 0, (query) => query.where('status', 'in', [...filter.statuses]))
    .$if(afterId !== null, (query) => query.where('id', '>', afterId))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Rows by id, in the order of ids. */
export function rowsById(db: Sql, organization: string, ids: readonly string[]): Promise<FeedbackRow[]> {
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', organization)
    .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .orderBy('id')
    .execute();
}

/** Marks rows as used, locking them in the order of ids. */
export async function markUsed(db: Sql, organization: string, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE rlhf_feedback SET is_training_data = true FROM (
      SELECT id FROM rlhf_feedback WHERE organization = ${organization} AND id = ANY(${[...ids]}::uuid[])
        AND NOT is_training_data ORDER BY id FOR UPDATE
    ) AS locked WHERE rlhf_feedback.id = locked.id`.execute(db);
}
