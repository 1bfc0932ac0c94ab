const columns = [
  ['response_id', 'uuid'],
  ['organization', 'text'],
  ['user_id', 'text'],
  ['session_id', 'text'],
  ['timestamp', 'timestamptz'],
  ['query', 'text'],
  ['context', 'jsonb'],
  ['selected_response', 'text'],
  ['reward_score', 'double precision'],
  ['all_candidates', 'jsonb'],
  ['policy', 'text'],
  ['reward_model', 'text'],
  ['selection', 'text'],
  ['status', 'text'],
  ['degraded', 'text'],
  ['timings', 'jsonb'],
  ['replica', 'text'],
] as const;

const names = columns.map(([name]) => `"${name}"`).join(', ');
const record = columns.map(([name, type]) => `"${name}" ${type}`).join(', ');
const changing = columns
  .map(([name]) => name)
  .filter((name) => !['response_id', 'organization', 'timestamp'].includes(name))
  .map((name) => `"${name}" = given."${name}"`)
  .join(', ');

/** Delivered answers are counted in the statement that makes them delivered: both are durable or neither is. */
const count = `
  INSERT INTO answer_counters (organization, reward_model, answers)
  SELECT organization, coalesce(reward_model, ''), count(*) FROM written WHERE status = 'delivered'
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (organization, reward_model) DO UPDATE SET answers = answer_counters.answers + excluded.answers`;

/** Inserts rows given as one JSON array ($1). A row that is there already (a repeated flush) is left alone. */
export const insertRows = `
  WITH written AS (
    INSERT INTO conversation_logs (${names})
    SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS given (${record})
    ON CONFLICT (response_id) DO NOTHING
    RETURNING organization, reward_model, status
  ) ${count}`;

/** Completes open rows with what is now known ($1 as above). */
export const completeRows = `
  WITH written AS (
    UPDATE conversation_logs AS kept SET ${changing}
    FROM jsonb_to_recordset($1::jsonb) AS given (${record})
    WHERE kept.response_id = given.response_id AND kept.status <> 'delivered'
    RETURNING kept.organization, kept.reward_model, kept.status
  ) ${count}`;

/** Replaces the candidates of answered questions ($1: [{response_id, all_candidates}]). */
export const replaceCandidates = `
  UPDATE conversation_logs AS kept SET all_candidates = given.all_candidates
  FROM jsonb_to_recordset($1::jsonb) AS given (response_id uuid, all_candidates jsonb)
  WHERE kept.response_id = given.response_id`;
