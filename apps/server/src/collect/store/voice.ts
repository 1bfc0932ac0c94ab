import { sql } from 'kysely';
import type { FeedbackRow, Sql } from './feedback-row.ts';

/** Whether a feedback, of whichever organisation, has this recording. */
export async function isAudioUsed(db: Sql, sha256: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM rlhf_feedback WHERE feedback_type = 'voice' AND feedback_value->'audio'->>'sha256' = ${sha256}
    LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Feedback of an organisation by id. */
export function feedbackById(db: Sql, organization: string, id: string): Promise<FeedbackRow | undefined> {
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Recordings that wait for their text, in every organisation. */
export async function untranscribed(db: Sql): Promise<{ organization: string; id: string }[]> {
  const { rows } = await sql<{ organization: string; id: string }>`
    SELECT organization, id FROM rlhf_feedback
    WHERE feedback_type = 'voice' AND feedback_value->'transcript'->>'status' = 'pending'
    ORDER BY id LIMIT 10000`.execute(db);
  return rows;
}

/** Writes down what became of a transcription, once. */
export async function keepTranscript(
  db: Sql,
  organization: string,
  id: string,
  transcript: { readonly status: 'done'; readonly text: string } | { readonly status: 'failed' },
): Promise<void> {
  const text = transcript.status === 'done' ? transcript.text : null;
  await sql`
    UPDATE rlhf_feedback SET feedback_value = jsonb_set(feedback_value, '{transcript}', ${JSON.stringify(transcript)}::jsonb),
      text_feedback = coalesce(${text}, text_feedback)
    WHERE organization = ${organization} AND id = ${id} AND feedback_type = 'voice'
      AND feedback_value->'transcript'->>'status' = 'pending'`.execute(db);
}

/** Lets a recording without text wait for it again, or stay without; undefined when it has or awaits one. */
export function askForTranscript(
  db: Sql,
  organization: string,
  id: string,
  status: 'pending' | 'none',
): Promise<FeedbackRow | undefined> {
  const transcript = JSON.stringify({ status });
  return db
    .updateTable('rlhf_feedback')
    .set({ feedback_value: sql`jsonb_set(feedback_value, '{transcript}', ${transcript}::jsonb)` })
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('feedback_type', '=', 'voice')
    .where(sql<boolean>`feedback_value->'transcript'->>'status' IN ('failed', 'none')`)
    .returningAll()
    .executeTakeFirst();
}
