import { type Kysely, sql } from 'kysely';

/** What full-text search finds a feedback by; bounded, since a tsvector holds a megabyte at most. */
const searched = (row: string) => `to_tsvector('simple',
  left(${row}.query, 20000) || ' ' || left(${row}.response, 40000) || ' ' || left(coalesce(${row}.text_feedback, ''), 10000))`;

const statements = [
  `ALTER TABLE rlhf_feedback
    ADD COLUMN review_note text,
    ADD COLUMN review_correction text,
    ADD COLUMN assigned_to uuid REFERENCES members (id) ON DELETE SET NULL,
    ADD COLUMN review_priority real NOT NULL DEFAULT 0,
    ADD COLUMN review_disagreement real,
    ADD COLUMN review_decision uuid`,
  `CREATE INDEX rlhf_feedback_teaching ON rlhf_feedback (organization, status, review_priority DESC, id DESC)
    INCLUDE (source, feedback_type, rating_overall, review_disagreement)`,
  `CREATE INDEX rlhf_feedback_shuffled ON rlhf_feedback (organization, status, md5(id::text))`,
  `CREATE INDEX rlhf_feedback_disagreeing ON rlhf_feedback (organization, status, review_disagreement)
    WHERE review_disagreement IS NOT NULL`,
  `CREATE INDEX rlhf_feedback_assigned ON rlhf_feedback (assigned_to, status, created_at DESC, id DESC)
    WHERE assigned_to IS NOT NULL`,
  `CREATE INDEX rlhf_feedback_commented ON rlhf_feedback (organization, status, created_at DESC, id DESC)
    WHERE text_feedback <> ''`,
  `CREATE INDEX rlhf_feedback_corrected ON rlhf_feedback (organization, status, created_at DESC, id DESC)
    WHERE feedback_value ? 'correction' OR review_correction IS NOT NULL`,
  `CREATE INDEX rlhf_feedback_tagged ON rlhf_feedback (organization, created_at DESC) WHERE tags <> '{}'`,
  `CREATE INDEX rlhf_feedback_by_question ON rlhf_feedback (organization, md5(query_key))`,

  // A decision is taken back only where the row is as the decision left it: whoever else changes it, a script with a
  // database client too, makes it forget the decision.
  `CREATE FUNCTION forget_review_decision() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.review_decision := NULL; RETURN NEW; END $$`,
  `CREATE TRIGGER forget_review_decision BEFORE UPDATE ON rlhf_feedback FOR EACH ROW
    WHEN (OLD.review_decision IS NOT DISTINCT FROM NEW.review_decision
      AND (OLD.status, OLD.tags, OLD.review_note, OLD.review_correction, OLD.assigned_to)
        IS DISTINCT FROM (NEW.status, NEW.tags, NEW.review_note, NEW.review_correction, NEW.assigned_to))
    EXECUTE FUNCTION forget_review_decision()`,

  // Beside the feedback, not in it: a decision changes the row, and every change of a row with its words in a GIN
  // index would write all of them again.
  `CREATE TABLE review_index (
    feedback_id uuid PRIMARY KEY REFERENCES rlhf_feedback (id) ON DELETE CASCADE,
    organization text NOT NULL REFERENCES organizations (id),
    search tsvector NOT NULL,
    embedder text,
    embedding real[],
    score real,
    scored_by text,
    due_at timestamptz DEFAULT now()
  )`,
  `INSERT INTO review_index (feedback_id, organization, search)
    SELECT id, organization, ${searched('f')} FROM rlhf_feedback f`,
  `CREATE INDEX review_index_words ON review_index USING gin (search)`,
  `CREATE INDEX review_index_due ON review_index (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX review_index_missing ON review_index (organization) WHERE embedder IS NULL`,
  `CREATE FUNCTION index_new_feedback() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO review_index (feedback_id, organization, search)
      SELECT id, organization, ${searched('new_rows')} FROM new_rows;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER index_new_feedback AFTER INSERT ON rlhf_feedback REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_new_feedback()`,
  `CREATE FUNCTION index_changed_feedback() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE review_index SET search = ${searched('NEW')}, due_at = clock_timestamp(),
        embedder = CASE WHEN OLD.query = NEW.query THEN embedder END,
        embedding = CASE WHEN OLD.query = NEW.query THEN embedding END
      WHERE feedback_id = NEW.id;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER index_changed_feedback AFTER UPDATE ON rlhf_feedback FOR EACH ROW
    WHEN ((OLD.query, OLD.response, OLD.text_feedback, OLD.rating_overall, OLD.reaction_type)
      IS DISTINCT FROM (NEW.query, NEW.response, NEW.text_feedback, NEW.rating_overall, NEW.reaction_type))
    EXECUTE FUNCTION index_changed_feedback()`,
  // The reward model that each organisation's queue was last ranked by ('' for none).
  `CREATE TABLE review_rankings (
    organization text PRIMARY KEY REFERENCES organizations (id),
    model text NOT NULL
  )`,

  `CREATE TABLE review_reservations (
    feedback_id uuid PRIMARY KEY REFERENCES rlhf_feedback (id) ON DELETE CASCADE,
    organization text NOT NULL REFERENCES organizations (id),
    holder text NOT NULL,
    holder_name text NOT NULL,
    until timestamptz NOT NULL
  )`,
  `CREATE INDEX review_reservations_by_holder ON review_reservations (organization, holder)`,
  `CREATE INDEX review_reservations_by_end ON review_reservations (until)`,
  `CREATE TABLE review_skips (
    feedback_id uuid NOT NULL REFERENCES rlhf_feedback (id) ON DELETE CASCADE,
    holder text NOT NULL,
    organization text NOT NULL REFERENCES organizations (id),
    until timestamptz NOT NULL,
    PRIMARY KEY (feedback_id, holder)
  )`,
  `CREATE INDEX review_skips_by_end ON review_skips (until)`,

  `CREATE TABLE review_decisions (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    principal text NOT NULL,
    name text NOT NULL,
    email text,
    action text NOT NULL,
    decision jsonb NOT NULL,
    filter jsonb,
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'undoing', 'undone')),
    items integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0,
    left_alone integer NOT NULL DEFAULT 0,
    restored integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX review_decisions_newest ON review_decisions (organization, id DESC)`,
  `CREATE INDEX review_decisions_by_person ON review_decisions (organization, principal, id DESC)`,
  `CREATE INDEX review_decisions_by_time ON review_decisions (organization, created_at)
    INCLUDE (principal, action, done, restored)`,
  // What each decision changed, with the review as it was before. A hundred thousand are written in one statement, with
  // their decision: looking up decision and organisation for each would take four times as long.
  `CREATE TABLE review_changes (
    decision_id uuid NOT NULL,
    feedback_id uuid NOT NULL REFERENCES rlhf_feedback (id) ON DELETE CASCADE,
    organization text NOT NULL,
    state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'changed', 'left_alone', 'restored', 'kept')),
    before jsonb,
    PRIMARY KEY (decision_id, feedback_id)
  )`,
  `CREATE INDEX review_changes_by_feedback ON review_changes (feedback_id)`,

  `CREATE TABLE review_views (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    owner text NOT NULL,
    name text NOT NULL,
    filter jsonb NOT NULL,
    sort text NOT NULL,
    shared boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  `CREATE INDEX review_views_oldest ON review_views (organization, id)`,
];

const vectorIndex = `CREATE INDEX review_index_nearest ON review_index
  USING hnsw ((embedding::vector(256)) vector_cosine_ops) WHERE array_length(embedding, 1) = 256`;

/** An entry of the index costs WebAssembly 12 ms, in which it answers nobody else: there vectors are compared. */
async function isEmbedded(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql`SELECT 1 WHERE version() LIKE '%PGlite%'`.execute(db);
  return rows.length > 0;
}

/** The review queue: a curator's columns on feedback, search, reservations, decisions, saved views. */
export async function up(db: Kysely<unknown>, options: { hasVector: boolean }): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  if (options.hasVector && !(await isEmbedded(db))) await sql.raw(vectorIndex).execute(db);
}
