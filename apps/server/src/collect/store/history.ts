import { newId } from '../../platform/ids.ts';
import type { FeedbackRow, Sql } from './feedback-row.ts';

/** Keeps rows as they were before a change. */
export async function keepHistory(sql: Sql, rows: readonly FeedbackRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.insertInto('feedback_history').values(rows.map(historyRow)).execute();
}

function historyRow(row: FeedbackRow) {
  const was = {
    feedback_type: row.feedback_type,
    feedback_value: row.feedback_value,
    rating_overall: row.rating_overall,
    rating_dimensions: row.rating_dimensions,
    reaction_type: row.reaction_type,
    text_feedback: row.text_feedback,
    tags: row.tags,
    status: row.status,
    curator_email: row.curator_email,
    updated_at: row.updated_at,
  };
  return { id: newId(), organization: row.organization, feedback_id: row.id, was: JSON.stringify(was) };
}

/** Earlier states of a row, newest first, at most a hundred. */
export function historyOf(
  sql: Sql,
  organization: string,
  feedbackId: string,
): Promise<{ replaced_at: Date; was: Record<string, unknown> }[]> {
  return sql
    .selectFrom('feedback_history')
    .select(['replaced_at', 'was'])
    .where('organization', '=', organization)
    .where('feedback_id', '=', feedbackId)
    .orderBy('replaced_at', 'desc')
    .limit(100)
    .execute();
}
