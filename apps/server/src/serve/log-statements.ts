const columns = [
  'response_id',
  'organization',
  'user_id',
  'session_id',
  'timestamp',
  'query',
  'context',
  'selected_response',
  'reward_score',
  'all_candidates',
  'policy',
  'reward_model',
  'selection',
  'status',
  'degraded',
  'timings',
  'replica',
  'asker',
  'parent_response_id',
  'compare',
  'experiment',
  'assigned_policy',
] as const;

const names = columns.map((name) => `"${name}"`).join(', ');
const changing = columns
  .filter((name) => !['response_id', 'organization', 'timestamp'].includes(name))
  .map((name) => `"${name}" = given."${name}"`)
  .join(', ');

// The table's own row type: naming every column's type once more would have it parsed with every write.
const given = 'jsonb_populate_recordset(NULL::conversation_logs, $1::jsonb) AS given';

/** Delivered answers are counted in the statement that makes them delivered: both are durable or neither is. */
const count = `
  INSERT INTO answer_counters (organization, reward_model, answers, answered_at)
  SELECT organization, coalesce(reward_model, ''), count(*), max("timestamp") FROM written WHERE status = 'delivered'
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (organization, reward_model) DO UPDATE SET answers = answer_counters.answers + excluded.answers,
    answered_at = greatest(answer_counters.answered_at, excluded.answered_at)`;

/** The conversations that new rows belong to; one that its owner removed begins anew. */
const remember = `
  INSERT INTO conversations AS c (organization, asker, session_id, first_query, turns, started_at, updated_at,
    last_response_id)
  SELECT organization, asker, session_id, left((array_agg(query ORDER BY response_id))[1], 200), count(*),
    min("timestamp"), max("timestamp"), (array_agg(response_id ORDER BY response_id DESC))[1]
  FROM written WHERE asker IS NOT NULL AND session_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (organization, asker, session_id) DO UPDATE SET
    first_query = coalesce(c.first_query, excluded.first_query),
    turns = c.turns + excluded.turns,
    started_at = CASE WHEN c.turns = 0 THEN excluded.started_at ELSE c.started_at END,
    updated_at = greatest(c.updated_at, excluded.updated_at),
    last_response_id = greatest(c.last_response_id, excluded.last_response_id)`;

/** Inserts rows given as one JSON array ($1). A row that is there already (a repeated flush) is left alone. */
export const insertRows = `
  WITH written AS (
    INSERT INTO conversation_logs (${names})
    SELECT ${names} FROM ${given}
    ON CONFLICT (response_id) DO NOTHING
    RETURNING organization, reward_model, status, response_id, asker, session_id, query, "timestamp"
  ), remembered AS (${remember}) ${count}`;

/** Completes open rows with what is now known ($1 as above). */
export const completeRows = `
  WITH written AS (
    UPDATE conversation_logs AS kept SET ${changing}
    FROM ${given}
    WHERE kept.response_id = given.response_id AND kept.status <> 'delivered'
    RETURNING kept.organization, kept.reward_model, kept.status, kept."timestamp"
  ) ${count}`;

/** Replaces the candidates of answered questions ($1: [{response_id, all_candidates}]). */
export const replaceCandidates = `
  UPDATE conversation_logs AS kept SET all_candidates = given.all_candidates
  FROM jsonb_to_recordset($1::jsonb) AS given (response_id uuid, all_candidates jsonb)
  WHERE kept.response_id = given.response_id`;
