import { type Kysely, sql } from 'kysely';

/**
 * Keeps `version_counters` in the transaction of the feedback it counts, whoever writes it: the server, a script
 * through the views, a person with a database client. Counted is what changed (`rows`: each with its sign), one
 * statement at a time, and counter rows are locked in order, so that writers of many rows cannot deadlock.
 */
function countFeedback(event: 'INSERT' | 'UPDATE' | 'DELETE', transitions: string, rows: string): string[] {
  const name = `count_feedback_on_${event.toLowerCase()}`;
  const bucket = (stars: number) =>
    `coalesce(sum(sign) FILTER (WHERE floor(rating_overall + 0.5) = ${stars}), 0)`;
  const added = (stars: number) => `c.distribution[${stars}] + excluded.distribution[${stars}]`;
  return [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO version_counters AS c (organization, reward_model, feedback, ratings, rating_sum, distribution,
          thumbs_up, thumbs_down, corrections)
        SELECT organization, coalesce(reward_model, ''), sum(sign),
          coalesce(sum(sign) FILTER (WHERE rating_overall IS NOT NULL), 0),
          coalesce(sum(sign * rating_overall::numeric), 0),
          ARRAY[${[1, 2, 3, 4, 5].map(bucket).join(', ')}]::bigint[],
          coalesce(sum(sign) FILTER (WHERE reaction_type = 'thumbs_up'), 0),
          coalesce(sum(sign) FILTER (WHERE reaction_type = 'thumbs_down'), 0),
          coalesce(sum(sign) FILTER (WHERE feedback_value ? 'correction'), 0)
        FROM (${rows}) AS counted
        GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (organization, reward_model) DO UPDATE SET
          feedback = c.feedback + excluded.feedback,
          ratings = c.ratings + excluded.ratings,
          rating_sum = c.rating_sum + excluded.rating_sum,
          distribution = ARRAY[${[1, 2, 3, 4, 5].map(added).join(', ')}],
          thumbs_up = c.thumbs_up + excluded.thumbs_up,
          thumbs_down = c.thumbs_down + excluded.thumbs_down,
          corrections = c.corrections + excluded.corrections;
        RETURN NULL;
      END $$`,
    `CREATE TRIGGER ${name} AFTER ${event} ON rlhf_feedback REFERENCING ${transitions}
      FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`,
  ];
}

const recounted = `(o.organization, o.reward_model, o.rating_overall, o.reaction_type, o.feedback_value)
  IS DISTINCT FROM (n.organization, n.reward_model, n.rating_overall, n.reaction_type, n.feedback_value)`;

const statements = [
  `CREATE TABLE organizations (
    id text PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `INSERT INTO organizations (id, name) VALUES ('default', 'Default organisation')`,
  `CREATE TABLE members (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'rater', 'curator', 'trainer', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization, email)
  )`,
  `CREATE TABLE sessions (
    token_hash text PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    member_id uuid NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE TABLE sign_in_links (
    token_hash text PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    member_id uuid NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  )`,
  `CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    prefix text NOT NULL,
    key_hash text NOT NULL UNIQUE,
    role text NOT NULL CHECK (role IN ('viewer', 'rater', 'curator', 'trainer', 'admin')),
    scopes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  // Secrets that every replica needs alike, as the key that signs feedback tokens.
  `CREATE TABLE server_secrets (name text PRIMARY KEY, value text NOT NULL)`,
  `CREATE TABLE audit_log (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    organization text NOT NULL REFERENCES organizations (id),
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details jsonb NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL
  )`,
  `CREATE INDEX audit_log_by_organization ON audit_log (organization, position DESC)`,
  `CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$`,
  `CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only()`,
  `CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only()`,
  `CREATE TABLE idempotency_keys (
    organization text NOT NULL REFERENCES organizations (id),
    principal text NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    status integer,
    response jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization, principal, key)
  )`,
  `CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)`,

  // serve
  `CREATE TABLE conversation_logs (
    response_id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    user_id text,
    session_id text,
    "timestamp" timestamptz NOT NULL,
    query text NOT NULL,
    context jsonb NOT NULL,
    selected_response text,
    reward_score double precision,
    all_candidates jsonb NOT NULL DEFAULT '[]',
    policy text NOT NULL,
    reward_model text,
    selection text NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'delivered', 'aborted', 'failed')),
    degraded text,
    timings jsonb NOT NULL DEFAULT '{}',
    replica text,
    import_key text
  )`,
  `CREATE UNIQUE INDEX conversation_logs_by_import ON conversation_logs (organization, import_key)
    WHERE import_key IS NOT NULL`,
  `CREATE INDEX conversation_logs_newest ON conversation_logs (organization, response_id DESC)`,
  `CREATE INDEX conversation_logs_by_session ON conversation_logs (organization, session_id, response_id DESC)
    WHERE session_id IS NOT NULL`,
  `CREATE INDEX conversation_logs_open ON conversation_logs (replica) WHERE status = 'open'`,
  `CREATE INDEX conversation_logs_by_model ON conversation_logs (organization, reward_model, "timestamp" DESC)
    WHERE reward_model IS NOT NULL`,
  // Servers that are alive: the open answers of any other one will never be completed.
  `CREATE TABLE serve_replicas (id text PRIMARY KEY, seen_at timestamptz NOT NULL)`,
  // Answers per reward model version ('' for none), kept in the transaction of the rows they count.
  `CREATE TABLE answer_counters (
    organization text NOT NULL REFERENCES organizations (id),
    reward_model text NOT NULL,
    answers bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization, reward_model)
  )`,
  `CREATE TABLE recorded_answers (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    query_key text NOT NULL,
    query text NOT NULL,
    text text NOT NULL,
    generation_method text NOT NULL,
    content_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization, content_hash)
  )`,
  `CREATE INDEX recorded_answers_by_query ON recorded_answers (organization, md5(query_key))`,
  `CREATE TABLE documents (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    title text NOT NULL,
    text text NOT NULL,
    url text,
    metadata jsonb NOT NULL DEFAULT '{}',
    content_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization, content_hash)
  )`,
  `CREATE TABLE document_chunks (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position integer NOT NULL,
    text text NOT NULL,
    embedder text NOT NULL,
    embedding real[] NOT NULL
  )`,
  `CREATE INDEX document_chunks_by_document ON document_chunks (document_id)`,
  `CREATE INDEX document_chunks_by_organization ON document_chunks (organization, embedder)`,

  // collect
  `CREATE TABLE rlhf_feedback (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization text NOT NULL DEFAULT 'default' REFERENCES organizations (id),
    response_id uuid,
    session_id text,
    user_id text,
    person text NOT NULL DEFAULT 'import',
    query text NOT NULL,
    query_key text NOT NULL DEFAULT '',
    response text NOT NULL,
    feedback_type text NOT NULL DEFAULT 'rating' CHECK (feedback_type IN ('thumbs_up', 'thumbs_down', 'rating',
      'correction', 'detailed', 'step', 'inline', 'comparison', 'voice')),
    feedback_value jsonb NOT NULL DEFAULT '{}',
    rating_overall real CHECK (rating_overall BETWEEN 1 AND 5),
    rating_dimensions jsonb NOT NULL DEFAULT '{}',
    reaction_type text,
    text_feedback text,
    context jsonb NOT NULL DEFAULT '{}',
    curator_email text,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected', 'flagged')),
    tags text[] NOT NULL DEFAULT '{}',
    source text NOT NULL DEFAULT 'user' CHECK (source IN ('user', 'expert', 'model', 'import')),
    reward_model text,
    policy text,
    is_training_data boolean NOT NULL DEFAULT false,
    import_key text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX rlhf_feedback_one_per_person ON rlhf_feedback (organization, response_id, person)
    WHERE response_id IS NOT NULL`,
  `CREATE UNIQUE INDEX rlhf_feedback_by_import ON rlhf_feedback (organization, import_key) WHERE import_key IS NOT NULL`,
  // Each carries the columns of the other filters, so that two filters that rarely agree need not fetch every row.
  `CREATE INDEX rlhf_feedback_newest ON rlhf_feedback (organization, created_at DESC, id DESC)
    INCLUDE (status, source, feedback_type, rating_overall)`,
  `CREATE INDEX rlhf_feedback_by_status ON rlhf_feedback (organization, status, created_at DESC, id DESC)
    INCLUDE (source, feedback_type, rating_overall)`,
  `CREATE INDEX rlhf_feedback_by_rating ON rlhf_feedback (organization, rating_overall, created_at DESC, id DESC)
    INCLUDE (status, source, feedback_type)`,
  `CREATE INDEX rlhf_feedback_by_type ON rlhf_feedback (organization, feedback_type, created_at DESC, id DESC)
    INCLUDE (status, source, rating_overall)`,
  `CREATE INDEX rlhf_feedback_by_source ON rlhf_feedback (organization, source, created_at DESC, id DESC)
    INCLUDE (status, feedback_type, rating_overall)`,
  `CREATE INDEX rlhf_feedback_by_user ON rlhf_feedback (organization, user_id, created_at DESC, id DESC)`,
  `CREATE INDEX rlhf_feedback_by_session ON rlhf_feedback (organization, session_id, created_at DESC, id DESC)
    WHERE session_id IS NOT NULL`,
  `CREATE INDEX rlhf_feedback_by_tag ON rlhf_feedback USING gin (tags)`,
  `CREATE INDEX rlhf_feedback_unused ON rlhf_feedback (organization, id) WHERE NOT is_training_data`,
  // The last reactions to a model version, for trends, alerts and the guards of a ramp.
  `CREATE INDEX rlhf_feedback_by_model ON rlhf_feedback (organization, coalesce(reward_model, ''), created_at DESC, id DESC)
    WHERE source <> 'import'`,
  `CREATE INDEX rlhf_feedback_safety ON rlhf_feedback (organization, created_at DESC)
    WHERE feedback_value @> '{"safety_issue": true}'`,
  // What a person said before they changed their mind.
  `CREATE TABLE feedback_history (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    feedback_id uuid NOT NULL,
    was jsonb NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX feedback_history_by_feedback ON feedback_history (feedback_id)`,
  `CREATE VIEW feedback_data AS SELECT id, organization, response_id, session_id, user_id,
    query AS user_prompt, response AS ai_response, rating_overall AS rating, text_feedback AS feedback_comment,
    feedback_type, status, is_training_data, created_at FROM rlhf_feedback`,
  `CREATE VIEW rlhf_interactions AS SELECT id, organization, response_id, session_id, user_id,
    query AS user_prompt, response AS ai_response, rating_overall AS rating, text_feedback AS feedback_comment,
    feedback_type, status, is_training_data, created_at FROM rlhf_feedback`,
  `CREATE FUNCTION insert_interaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.id := coalesce(NEW.id, gen_random_uuid());
      NEW.organization := coalesce(NEW.organization, 'default');
      NEW.feedback_type := coalesce(NEW.feedback_type, 'rating');
      NEW.status := coalesce(NEW.status, 'pending');
      NEW.is_training_data := coalesce(NEW.is_training_data, false);
      NEW.created_at := coalesce(NEW.created_at, now());
      INSERT INTO rlhf_feedback (id, organization, response_id, session_id, user_id, person, query, response,
        rating_overall, text_feedback, feedback_type, status, is_training_data, source, created_at)
      VALUES (NEW.id, NEW.organization, NEW.response_id, NEW.session_id, NEW.user_id, coalesce(NEW.user_id, NEW.id::text),
        NEW.user_prompt, NEW.ai_response, NEW.rating, NEW.feedback_comment, NEW.feedback_type, NEW.status,
        NEW.is_training_data, 'import', NEW.created_at);
      RETURN NEW;
    END $$`,
  `CREATE TRIGGER feedback_data_insert INSTEAD OF INSERT ON feedback_data
    FOR EACH ROW EXECUTE FUNCTION insert_interaction()`,
  `CREATE TRIGGER rlhf_interactions_insert INSTEAD OF INSERT ON rlhf_interactions
    FOR EACH ROW EXECUTE FUNCTION insert_interaction()`,
  // Sums per model version, kept in the transaction of the row they count, so that a page never scans feedback.
  `CREATE TABLE version_counters (
    organization text NOT NULL REFERENCES organizations (id),
    reward_model text NOT NULL,
    feedback bigint NOT NULL DEFAULT 0,
    ratings bigint NOT NULL DEFAULT 0,
    rating_sum numeric NOT NULL DEFAULT 0,
    distribution bigint[] NOT NULL DEFAULT '{0,0,0,0,0}',
    thumbs_up bigint NOT NULL DEFAULT 0,
    thumbs_down bigint NOT NULL DEFAULT 0,
    corrections bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organization, reward_model)
  )`,
  ...countFeedback('INSERT', 'NEW TABLE AS new_rows', 'SELECT *, 1 AS sign FROM new_rows'),
  ...countFeedback('DELETE', 'OLD TABLE AS old_rows', 'SELECT *, -1 AS sign FROM old_rows'),
  ...countFeedback(
    'UPDATE',
    'OLD TABLE AS old_rows NEW TABLE AS new_rows',
    `SELECT n.*, 1 AS sign FROM new_rows n JOIN old_rows o USING (id) WHERE ${recounted}
      UNION ALL SELECT o.*, -1 AS sign FROM new_rows n JOIN old_rows o USING (id) WHERE ${recounted}`,
  ),

  // curate
  `CREATE TABLE training_datasets (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    dataset_type text NOT NULL CHECK (dataset_type IN ('preference_pairs', 'instruction_tuning', 'dpo', 'kto', 'step', 'reward')),
    status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'curating', 'ready', 'exported', 'archived')),
    feedback_ids uuid[] NOT NULL DEFAULT '{}',
    sample_count integer NOT NULL DEFAULT 0,
    pair_count integer NOT NULL DEFAULT 0,
    quality_score real,
    export_format text,
    export_url text,
    content_hash text,
    report jsonb,
    curator_email text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX training_datasets_newest ON training_datasets (organization, id DESC)`,
  `CREATE INDEX training_datasets_by_name ON training_datasets (organization, name, id DESC)`,
  `CREATE INDEX training_datasets_by_feedback ON training_datasets USING gin (feedback_ids)`,
  `CREATE TABLE dataset_exports (
    organization text NOT NULL REFERENCES organizations (id),
    dataset_id uuid NOT NULL REFERENCES training_datasets (id),
    sha256 text NOT NULL,
    format text NOT NULL,
    file_name text NOT NULL,
    rows integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (dataset_id, sha256, format)
  )`,
  `CREATE TABLE preference_pairs (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    dataset_id uuid REFERENCES training_datasets (id),
    query text NOT NULL,
    chosen_response text NOT NULL,
    rejected_response text NOT NULL,
    preference_strength real NOT NULL CHECK (preference_strength BETWEEN 0 AND 1),
    context_documents jsonb NOT NULL DEFAULT '[]',
    annotator_email text,
    annotation_notes text,
    method text NOT NULL,
    source_feedback_ids uuid[] NOT NULL DEFAULT '{}',
    import_key text,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX preference_pairs_newest ON preference_pairs (organization, id DESC)`,
  `CREATE INDEX preference_pairs_by_dataset ON preference_pairs (dataset_id, id DESC)`,
  `CREATE INDEX preference_pairs_by_feedback ON preference_pairs USING gin (source_feedback_ids)`,
  `CREATE UNIQUE INDEX preference_pairs_by_import ON preference_pairs (organization, import_key)
    WHERE import_key IS NOT NULL`,

  // learn
  `CREATE TABLE fine_tuning_jobs (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    dataset_id uuid NOT NULL REFERENCES training_datasets (id),
    provider text NOT NULL,
    base_model text NOT NULL,
    model_name text NOT NULL,
    job_id text,
    status text NOT NULL CHECK (status IN ('pending', 'validating', 'training', 'completed', 'failed', 'cancelled', 'lost')),
    hyperparameters jsonb NOT NULL,
    training_metrics jsonb,
    resulting_model_id text,
    progress real NOT NULL DEFAULT 0,
    cost_estimate real,
    actual_cost real,
    heartbeat_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    error_message text,
    created_by text,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX fine_tuning_jobs_newest ON fine_tuning_jobs (organization, id DESC)`,
  `CREATE INDEX fine_tuning_jobs_by_dataset ON fine_tuning_jobs (dataset_id)`,
  `CREATE TABLE job_events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    job_id uuid NOT NULL REFERENCES fine_tuning_jobs (id),
    event jsonb NOT NULL
  )`,
  `CREATE INDEX job_events_by_job ON job_events (job_id, position)`,
  `CREATE VIEW rlhf_reward_model_training AS SELECT id, organization, dataset_id, base_model, status, hyperparameters,
    training_metrics, resulting_model_id, started_at, completed_at, error_message, created_by, created_at
    FROM fine_tuning_jobs WHERE hyperparameters ? 'recipe'`,
  `CREATE TABLE evaluations (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    model_id text NOT NULL,
    data_hash text NOT NULL,
    excluded_training_queries integer NOT NULL,
    metrics jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX evaluations_by_model ON evaluations (organization, model_id, id DESC)`,

  // ship
  `CREATE TABLE model_registry (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    model_id text NOT NULL,
    base_model text NOT NULL,
    fine_tuning_job_id uuid REFERENCES fine_tuning_jobs (id),
    dataset_id uuid REFERENCES training_datasets (id),
    version text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('reward', 'policy', 'safety')),
    status text NOT NULL CHECK (status IN ('testing', 'deployed', 'deprecated', 'archived')),
    card jsonb NOT NULL DEFAULT '{}',
    performance_metrics jsonb NOT NULL DEFAULT '{}',
    deployment_config jsonb NOT NULL DEFAULT '{}',
    artifact_sha256 text,
    artifact_bytes integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    deployed_at timestamptz,
    UNIQUE (organization, model_id)
  )`,
  `CREATE UNIQUE INDEX model_registry_one_per_job ON model_registry (fine_tuning_job_id)
    WHERE fine_tuning_job_id IS NOT NULL`,
  `CREATE INDEX model_registry_newest ON model_registry (organization, id DESC)`,
  // Ordered by position, not by id: replicas' clocks differ, and the newest ramp decides where traffic goes.
  `CREATE TABLE ramps (
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    model_id text NOT NULL,
    previous_model_id text,
    state text NOT NULL CHECK (state IN ('ramping', 'complete', 'rolled_back', 'superseded')),
    steps jsonb NOT NULL,
    step integer NOT NULL DEFAULT 0,
    reason text,
    step_started_at timestamptz NOT NULL,
    next_check_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
  )`,
  `CREATE INDEX ramps_newest ON ramps (organization, position DESC)`,
  `CREATE UNIQUE INDEX ramps_one_in_force ON ramps (organization) WHERE state = 'ramping'`,

  // watch
  `CREATE TABLE alerts (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('firing', 'resolved')),
    message text NOT NULL,
    value double precision,
    threshold double precision,
    n integer NOT NULL,
    reward_model text,
    feedback_id uuid,
    acknowledged_by text,
    delivered boolean,
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz
  )`,
  `CREATE INDEX alerts_newest ON alerts (organization, id DESC)`,
  `CREATE INDEX alerts_of_feedback ON alerts (feedback_id) WHERE feedback_id IS NOT NULL`,
  // However many replicas see the same trouble, one alert fires.
  `CREATE UNIQUE INDEX alerts_fire_once ON alerts (organization, kind, coalesce(reward_model, ''),
    coalesce(feedback_id::text, '')) WHERE state = 'firing'`,
];

/** Nearest-neighbour index over the default embedder's 256 dimensions, where pgvector is there. */
const vectorIndex = `CREATE INDEX document_chunks_nearest ON document_chunks
  USING hnsw ((embedding::vector(256)) vector_cosine_ops) WHERE array_length(embedding, 1) = 256`;

/** The first schema: identity, the loop's tables under the names of the map, and their indexes. */
export async function up(db: Kysely<unknown>, options: { hasVector: boolean }): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  if (options.hasVector) await sql.raw(vectorIndex).execute(db);
}
