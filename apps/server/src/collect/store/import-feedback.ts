import { sql } from 'kysely';
import type { NewFeedbackRow, Sql } from './feedback-row.ts';

const columns = `id uuid, organization text, response_id uuid, session_id text, user_id text, person text, query text,
  query_key text, query_context text, response text, feedback_type text, feedback_value jsonb, rating_overall real,
  rating_dimensions jsonb, reaction_type text, text_feedback text, context jsonb, tags text[], source text,
  import_key text, created_at timestamptz, updated_at timestamptz`;
const names = columns.replace(/(\w+) [\w[\]]+/g, '$1');

/**
 * Inserts rows in one statement and returns the keys of those that were new: rows travel as one JSON parameter, so
 * that a thousand of them cost one plan. Sorted by key, so that two imports of one file cannot deadlock.
 */
export async function insertImported(
  db: Sql,
  rows: readonly NewFeedbackRow[],
): Promise<{ import_key: string | null }[]> {
  if (rows.length === 0) return [];
  const sorted = rows.toSorted((a, b) => ((a.import_key ?? '') < (b.import_key ?? '') ? -1 : 1));
  const inserted = await sql<{ import_key: string | null }>`
    INSERT INTO rlhf_feedback (${sql.raw(names)})
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(sorted.map(withObjects))}::jsonb) AS row (${sql.raw(columns)})
    ON CONFLICT DO NOTHING RETURNING import_key`.execute(db);
  return inserted.rows;
}

/** JSON columns are texts in a row for the query builder; within JSON they are objects. */
function withObjects(row: NewFeedbackRow) {
  return {
    ...row,
    query_context: row.query_context ?? '',
    feedback_value: JSON.parse(row.feedback_value),
    rating_dimensions: JSON.parse(row.rating_dimensions),
    context: JSON.parse(row.context),
  };
}
