import { type Kysely, sql } from 'kysely';

/** An hour in UTC. */
const hourOf = (moment: string) => `date_trunc('hour', ${moment}, 'UTC')`;
/** The id of an answer says when it was made (RFC 9562, version 7). */
const madeAt = (id: string) =>
  `to_timestamp(('x' || translate(left(${id}::text, 13), '-', ''))::bit(48)::bigint / 1000.0)`;

const mark = (hours: string) =>
  `INSERT INTO rollup_marks (organization, hour) SELECT DISTINCT organization, hour FROM (${hours}) AS touched;`;

const ofAnswers = (rows: string) =>
  `SELECT organization, ${hourOf(madeAt('response_id'))} AS hour FROM ${rows}`;
/** Feedback counts in its own hour, and as reaching an answer in the answer's hour. */
const ofFeedback = (rows: string) => `
  SELECT organization, ${hourOf('created_at')} AS hour FROM ${rows}
  UNION ALL
  SELECT organization, ${hourOf(madeAt('response_id'))} FROM ${rows} WHERE response_id IS NOT NULL`;
const ofOutcomes = (rows: string) => `SELECT organization, ${hourOf('occurred_at')} AS hour FROM ${rows}`;

const ofWork = (rows: string) => `SELECT organization, ${hourOf('created_at')} AS hour FROM ${rows}`;
const ofRuns = (rows: string) =>
  `SELECT organization, ${hourOf('completed_at')} AS hour FROM ${rows} WHERE completed_at IS NOT NULL`;

/** Rows whose counted columns an update changed, as they were and as they are. */
const differing = (
  columns: string,
) => `((SELECT ${columns} FROM removed EXCEPT ALL SELECT ${columns} FROM added)
  UNION ALL (SELECT ${columns} FROM added EXCEPT ALL SELECT ${columns} FROM removed)) AS changed`;
/** A review, which changes nothing of what people said, marks no hour; nor does the heartbeat of a run. */
const changedFeedback =
  differing(`organization, response_id, created_at, query, feedback_value, rating_overall,
  reaction_type, source, reward_model, policy`);
const changedRuns = differing('organization, completed_at, started_at, actual_cost');
const changedDecisions = differing('organization, created_at, state');

function markOn(event: string, table: string, tables: string, hours: string): string[] {
  const name = `mark_hours_of_${table}_on_${event.toLowerCase()}`;
  return [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${mark(hours)} RETURN NULL; END $$`,
    `CREATE TRIGGER ${name} AFTER ${event} ON ${table} REFERENCING ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`,
  ];
}

const both = `(SELECT * FROM removed UNION ALL SELECT * FROM added) AS changed`;

function marks(table: string, hours: (rows: string) => string, changed = both): string[] {
  return [
    ...markOn('INSERT', table, 'NEW TABLE AS added', hours('added')),
    ...markOn('DELETE', table, 'OLD TABLE AS removed', hours('removed')),
    ...markOn('UPDATE', table, 'OLD TABLE AS removed NEW TABLE AS added', hours(changed)),
  ];
}

/** Letters of each script; the same scripts as in packages/core/src/checks/script.ts, by their main blocks. */
const letters = {
  latin: 'A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02AF\\u1E00-\\u1EFF',
  cyrillic: '\\u0400-\\u052F',
  greek: '\\u0370-\\u03FF\\u1F00-\\u1FFF',
  arabic: '\\u0620-\\u064A\\u066E-\\u06D3',
  hebrew: '\\u05D0-\\u05EA',
  devanagari: '\\u0900-\\u0963',
  bengali: '\\u0980-\\u09F1',
  tamil: '\\u0B80-\\u0BFF',
  thai: '\\u0E01-\\u0E3A\\u0E40-\\u0E4E',
  hangul: '\\u1100-\\u11FF\\u3130-\\u318F\\uAC00-\\uD7A3',
  han_kana: '\\u3041-\\u30FA\\u3400-\\u4DBF\\u4E00-\\u9FFF',
};
const letterCounts = Object.entries(letters)
  .map(([script, block]) => `('${script}', length(regexp_replace(prose, '[^${block}]', '', 'g')))`)
  .join(', ');

const functions = [
  // The script that four fifths of at least ten letters are of, else ''. Two thousand characters tell.
  `CREATE FUNCTION question_script(question text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce((
      SELECT script FROM (
        SELECT script, n, sum(n) OVER () AS total
        FROM (SELECT regexp_replace(left(question, 2000), 'https?:\\S+', ' ', 'g') AS prose) AS shortened,
          LATERAL (VALUES ${letterCounts}) AS counts (script, n)
      ) AS shares
      WHERE total >= 10 AND n >= 0.8 * total
    ), '') $$`,
  `CREATE FUNCTION add_to_histogram(counts bigint[], place integer, places integer) RETURNS bigint[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    BEGIN
      IF place IS NULL THEN RETURN counts; END IF;
      IF counts IS NULL THEN counts := array_fill(0::bigint, ARRAY[places]); END IF;
      counts[place] := counts[place] + 1;
      RETURN counts;
    END $$`,
  // Counts of values by their bucket, 1 to the number of places; null where there are none.
  `CREATE AGGREGATE histogram(place integer, places integer) (SFUNC = add_to_histogram, STYPE = bigint[])`,
  `CREATE FUNCTION add_histograms(counts bigint[], more bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    BEGIN
      IF more IS NULL THEN RETURN counts; END IF;
      IF counts IS NULL THEN RETURN more; END IF;
      FOR place IN 1 .. array_length(more, 1) LOOP counts[place] := counts[place] + more[place]; END LOOP;
      RETURN counts;
    END $$`,
  `CREATE AGGREGATE sum_histograms(bigint[]) (SFUNC = add_histograms, STYPE = bigint[])`,
];

const tables = [
  `CREATE TABLE outcomes (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    kind text NOT NULL,
    value double precision NOT NULL,
    response_id uuid,
    session_id text,
    user_id text,
    occurred_at timestamptz NOT NULL,
    reported_by text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX outcomes_newest ON outcomes (organization, occurred_at DESC, id DESC)`,
  // Hours whose rows changed, written with the change. Several marks of an hour are one piece of work; that nothing is
  // shared keeps writers from waiting for each other.
  `CREATE TABLE rollup_marks (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    hour timestamptz NOT NULL
  )`,
  `CREATE INDEX rollup_marks_by_hour ON rollup_marks (organization, hour)`,
  // Sums of each metric over hours and UTC days; '' stands for no reward model and for no clear script.
  `CREATE TABLE rollups (
    organization text NOT NULL REFERENCES organizations (id),
    span text NOT NULL CHECK (span IN ('hour', 'day')),
    starts_at timestamptz NOT NULL,
    metric text NOT NULL,
    reward_model text NOT NULL,
    policy text NOT NULL,
    script text NOT NULL,
    n bigint NOT NULL,
    total double precision NOT NULL,
    squares double precision NOT NULL,
    buckets bigint[],
    PRIMARY KEY (organization, span, starts_at, metric, reward_model, policy, script)
  )`,
];

const statements = [
  ...functions,
  ...tables,
  ...marks('conversation_logs', ofAnswers),
  ...marks('rlhf_feedback', ofFeedback, changedFeedback),
  ...marks('outcomes', ofOutcomes),
  ...marks('pair_judgements', ofWork),
  ...marks('review_decisions', ofWork, changedDecisions),
  ...marks('fine_tuning_jobs', ofRuns, changedRuns),
  // What was there before is counted by the server, hour by hour, when it has started.
  mark(ofAnswers(`conversation_logs WHERE import_key IS NULL`)),
  mark(`SELECT organization, ${hourOf('created_at')} AS hour FROM rlhf_feedback WHERE source <> 'import'`),
  mark(ofWork('pair_judgements')),
  mark(ofWork('review_decisions')),
  mark(ofRuns('fine_tuning_jobs')),
];

/** Sums by hour and day for the dashboards, the marks that say which hours are to be summed again, and outcomes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
