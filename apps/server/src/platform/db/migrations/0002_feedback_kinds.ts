import { type Kysely, sql } from 'kysely';

const events = ['INSERT', 'UPDATE', 'DELETE'] as const;

/**
 * Marks on steps and notes on passages are remarks on parts: one answer can have dozens, and they do not count as
 * feedback on it. The counting functions of the first schema are rewritten in place, with nothing else changed.
 */
const countWholeAnswersOnly = events.map(
  (event) => `DO $do$
    DECLARE
      before text := pg_get_functiondef('count_feedback_on_${event.toLowerCase()}'::regproc);
      after text := replace(before, 'coalesce(reward_model, ''''), sum(sign),', 'coalesce(reward_model, ''''),
          coalesce(sum(sign) FILTER (WHERE feedback_type NOT IN (''step'', ''inline'')), 0),');
    BEGIN
      IF after = before THEN RAISE EXCEPTION 'the counting of feedback is not as the first schema made it'; END IF;
      EXECUTE after;
    END $do$`,
);

const statements = [
  // What a feedback is about: the answer as a whole, a step, a note, two candidates, a recording.
  `ALTER TABLE rlhf_feedback ADD COLUMN target text NOT NULL DEFAULT 'answer'`,
  `DROP INDEX rlhf_feedback_one_per_person`,
  `CREATE UNIQUE INDEX rlhf_feedback_one_per_target ON rlhf_feedback (organization, response_id, person, target)
    WHERE response_id IS NOT NULL`,
  // In the order of bytes, so that all that came with one API key (`key:<id>/<user>`) is a range of it.
  `CREATE INDEX rlhf_feedback_by_person ON rlhf_feedback (organization, person COLLATE "C", id DESC)
    WHERE source <> 'import'`,
  // Recordings are kept under the hash of their bytes: whether another feedback has the same is asked before removal.
  `CREATE INDEX rlhf_feedback_by_audio ON rlhf_feedback ((feedback_value->'audio'->>'sha256'))
    WHERE feedback_type = 'voice'`,
  ...countWholeAnswersOnly,
  `UPDATE version_counters AS c SET feedback = c.feedback - parts.n
    FROM (SELECT organization, coalesce(reward_model, '') AS reward_model, count(*) AS n FROM rlhf_feedback
      WHERE feedback_type IN ('step', 'inline') GROUP BY 1, 2) AS parts
    WHERE (c.organization, c.reward_model) = (parts.organization, parts.reward_model)`,
];

/** Feedback on parts of an answer beside the feedback on the whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
