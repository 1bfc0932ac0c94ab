import { type Kysely, sql } from 'kysely';

/** What stands for the rows that a statement changed, each with its sign. */
const changes = {
  INSERT: { tables: 'NEW TABLE AS added', rows: 'SELECT 1 AS sign, * FROM added' },
  DELETE: { tables: 'OLD TABLE AS removed', rows: 'SELECT -1 AS sign, * FROM removed' },
  UPDATE: {
    tables: 'OLD TABLE AS removed NEW TABLE AS added',
    rows: 'SELECT 1 AS sign, * FROM added UNION ALL SELECT -1 AS sign, * FROM removed',
  },
} as const;

function onEveryChange(name: string, table: string, body: (rows: string) => string): string[] {
  return Object.entries(changes).flatMap(([event, { tables, rows }]) => {
    const trigger = `${name}_on_${event.toLowerCase()}`;
    return [
      `CREATE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN ${body(`(${rows}) AS changed`)} RETURN NULL; END $$`,
      `CREATE TRIGGER ${trigger} AFTER ${event} ON ${table} REFERENCING ${tables}
        FOR EACH STATEMENT EXECUTE FUNCTION ${trigger}()`,
    ];
  });
}

/** Days are UTC days. */
const dayOf = (moment: string) => `(${moment} AT TIME ZONE 'UTC')::date`;
/** The id of an answer says when it was made (RFC 9562, version 7). */
const dayOfAnswer = dayOf(
  `to_timestamp(('x' || translate(left(response_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)`,
);
const delivered = `status = 'delivered' AND import_key IS NULL`;
const positive = `(rating_overall >= 4 OR (rating_overall IS NULL AND reaction_type = 'thumbs_up'))`;
const reaction = `(rating_overall IS NOT NULL OR reaction_type IS NOT NULL)`;

const countAnswers = (rows: string) => `
  INSERT INTO daily_answers AS d (organization, day, answers)
  SELECT organization, ${dayOf('"timestamp"')}, sum(sign) FROM ${rows} WHERE ${delivered}
  GROUP BY 1, 2 HAVING sum(sign) <> 0 ORDER BY 1, 2
  ON CONFLICT (organization, day) DO UPDATE SET answers = d.answers + excluded.answers;`;

/** Days are locked in order, so that writers of many rows cannot deadlock. */
const countFeedback = (rows: string) => `
  INSERT INTO daily_feedback AS d (organization, day, feedback, reactions, positive)
  SELECT organization, day, sum(feedback), sum(reactions), sum(positive) FROM (
    SELECT organization, ${dayOf('created_at')} AS day, sign AS feedback,
      sign * ${reaction}::int AS reactions, sign * coalesce(${positive}, false)::int AS positive
    FROM ${rows} WHERE source <> 'import'
  ) AS given
  GROUP BY 1, 2 HAVING (sum(feedback), sum(reactions), sum(positive)) <> (0, 0, 0) ORDER BY 1, 2
  ON CONFLICT (organization, day) DO UPDATE SET feedback = d.feedback + excluded.feedback,
    reactions = d.reactions + excluded.reactions, positive = d.positive + excluded.positive;`;

/**
 * An answer counts once, from its first feedback to its last. The day's row is locked by a statement of its own: only
 * the statement after it sees what another writer, who held the row until now, said about the same answer.
 */
const countReach = (rows: string) => `
  INSERT INTO daily_feedback (organization, day)
  SELECT DISTINCT organization, ${dayOfAnswer} FROM ${rows} WHERE source <> 'import' AND response_id IS NOT NULL
  ORDER BY 1, 2
  ON CONFLICT (organization, day) DO UPDATE SET reached = daily_feedback.reached;
  UPDATE daily_feedback AS d SET reached = d.reached + moved.n
  FROM (
    SELECT organization, ${dayOfAnswer} AS day, sum(step) AS n FROM (
      SELECT organization, response_id, max(greatest(sign, 0)) + min(least(sign, 0)) AS step,
        array_agg(id) FILTER (WHERE sign = 1) AS ids
      FROM ${rows} WHERE source <> 'import' AND response_id IS NOT NULL
      GROUP BY 1, 2
    ) AS touched
    WHERE step <> 0 AND NOT EXISTS (
      SELECT FROM rlhf_feedback AS other
      WHERE other.organization = touched.organization AND other.response_id = touched.response_id
        AND other.source <> 'import' AND other.id <> ALL (coalesce(touched.ids, '{}'))
    )
    GROUP BY 1, 2
  ) AS moved
  WHERE d.organization = moved.organization AND d.day = moved.day;`;

/** Most changes of a feedback (a review, a tag) change neither its answer nor where it is from. */
const countReachOfMoved = (rows: string) => `
  IF EXISTS (SELECT FROM ${rows} WHERE source <> 'import' AND response_id IS NOT NULL
    GROUP BY organization, response_id HAVING max(sign) = min(sign)) THEN ${countReach(rows)} END IF;`;

const statements = [
  `CREATE TABLE daily_answers (
    organization text NOT NULL REFERENCES organizations (id),
    day date NOT NULL,
    answers bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization, day)
  )`,
  // Beside the answers and not with them: logging an answer never waits for somebody's feedback.
  `CREATE TABLE daily_feedback (
    organization text NOT NULL REFERENCES organizations (id),
    day date NOT NULL,
    feedback bigint NOT NULL DEFAULT 0,
    reactions bigint NOT NULL DEFAULT 0,
    positive bigint NOT NULL DEFAULT 0,
    reached bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization, day)
  )`,
  ...onEveryChange('count_daily_answers', 'conversation_logs', countAnswers),
  ...onEveryChange(
    'count_daily_feedback',
    'rlhf_feedback',
    (rows) => `${countFeedback(rows)} ${countReachOfMoved(rows)}`,
  ),
  `INSERT INTO daily_answers (organization, day, answers)
    SELECT organization, ${dayOf('"timestamp"')}, count(*) FROM conversation_logs WHERE ${delivered} GROUP BY 1, 2`,
  `INSERT INTO daily_feedback (organization, day, feedback, reactions, positive, reached)
    SELECT organization, day, sum(feedback), sum(reactions), sum(positive), sum(reached) FROM (
      SELECT organization, ${dayOf('created_at')} AS day, count(*) AS feedback,
        count(*) FILTER (WHERE ${reaction}) AS reactions, count(*) FILTER (WHERE ${positive}) AS positive, 0 AS reached
      FROM rlhf_feedback WHERE source <> 'import' GROUP BY 1, 2
      UNION ALL
      SELECT organization, ${dayOfAnswer}, 0, 0, 0, count(DISTINCT response_id)
      FROM rlhf_feedback WHERE source <> 'import' AND response_id IS NOT NULL GROUP BY 1, 2
    ) AS parts GROUP BY 1, 2`,
];

/** Answers and feedback per day, kept in the transaction of the rows they count, so that a page never scans them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
