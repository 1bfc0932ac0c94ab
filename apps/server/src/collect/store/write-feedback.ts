import type { Updateable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { FeedbackRow, NewFeedbackRow, Sql } from './feedback-row.ts';

/** Inserts a person's first feedback about a target; nothing when that person already said something about it. */
export function insertFirst(sql: Sql, row: NewFeedbackRow): Promise<FeedbackRow | undefined> {
  return sql
    .insertInto('rlhf_feedback')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['organization', 'response_id', 'person', 'target'])
        .where('response_id', 'is not', null)
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
}

/** What a person said about a target, locked until the transaction ends. */
export function lockByPerson(
  sql: Sql,
  key: { organization: string; responseId: string; person: string; target: string },
): Promise<FeedbackRow | undefined> {
  return sql
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', key.organization)
    .where('response_id', '=', key.responseId)
    .where('person', '=', key.person)
    .where('target', '=', key.target)
    .forUpdate()
    .executeTakeFirst();
}

/** Rows by id, locked in the order of their ids, so that two reviewers of many cannot deadlock. */
export function lockByIds(sql: Sql, organization: string, ids: readonly string[]): Promise<FeedbackRow[]> {
  return sql
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Changes rows and returns them as they are now. */
export function updateFeedback(
  sql: Sql,
  ids: readonly string[],
  change: Updateable<Tables['rlhf_feedback']>,
): Promise<FeedbackRow[]> {
  return sql
    .updateTable('rlhf_feedback')
    .set(change)
    .where('id', 'in', [...ids])
    .returningAll()
    .execute();
}

/** Deletes a row with its history; undefined when there is none. */
export async function deleteFeedback(
  sql: Sql,
  organization: string,
  id: string,
): Promise<FeedbackRow | undefined> {
  const deleted = await sql
    .deleteFrom('rlhf_feedback')
    .where('organization', '=', organization)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (deleted !== undefined) {
    await sql.deleteFrom('feedback_history').where('feedback_id', '=', id).execute();
  }
  return deleted;
}
