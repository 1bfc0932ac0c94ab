import { type Kysely, sql } from 'kysely';

const whole = `to_tsvector('simple', normalize(given, NFC))`;
const bare = `to_tsvector('simple', translate(regexp_replace(normalize(given, NFD), '[\\u0300-\\u036f]', '', 'g'), 'đĐ', 'dD'))`;

const functions = [
  // As they are written, and without the marks of their letters: who types them finds what has them, who does not
  // finds both. Nothing of our own is called: a restore from a dump knows no schema to look it up in.
  `CREATE FUNCTION search_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(given) = length(given) THEN to_tsvector('simple', given)
      ELSE ${whole} || ${bare} END $$`,
  // Bounded, since a tsvector holds a megabyte at most.
  `CREATE FUNCTION feedback_words(query text, response text, comment text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT search_words(
      left(query, 20000) || ' ' || left(response, 40000) || ' ' || left(coalesce(comment, ''), 10000)) $$`,
];

/** Copies what was indexed; nobody else's work waits meanwhile. */
const copy = [
  // Apart from what the indexer writes time and again: each time, the index would be given all words anew.
  `CREATE TABLE review_words (
    feedback_id uuid NOT NULL,
    organization text NOT NULL,
    words tsvector NOT NULL
  )`,
  `INSERT INTO review_words SELECT feedback_id, organization, search FROM review_index`,
  `SELECT set_config('maintenance_work_mem', '256MB', true)`,
  `ALTER TABLE review_words ADD PRIMARY KEY (feedback_id)`,
  `CREATE INDEX review_words_found ON review_words USING gin (words)`,
];

/** From here on nobody else writes feedback until the end: what came since the copy began is copied, which is little. */
const swap = [
  `LOCK TABLE rlhf_feedback IN SHARE ROW EXCLUSIVE MODE`,
  `DELETE FROM review_words WHERE feedback_id IN (SELECT feedback_id FROM review_index WHERE due_at >= now())`,
  `DELETE FROM review_words w WHERE NOT EXISTS (SELECT FROM rlhf_feedback f WHERE f.id = w.feedback_id)`,
  `INSERT INTO review_words SELECT feedback_id, organization, search FROM review_index i
    WHERE NOT EXISTS (SELECT FROM review_words w WHERE w.feedback_id = i.feedback_id)`,
  `ALTER TABLE review_words ADD FOREIGN KEY (feedback_id) REFERENCES rlhf_feedback (id) ON DELETE CASCADE`,
  `ALTER TABLE review_index DROP COLUMN search`,
  `CREATE OR REPLACE FUNCTION index_new_feedback() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO review_index (feedback_id, organization) SELECT id, organization FROM new_rows;
      INSERT INTO review_words (feedback_id, organization, words)
      SELECT id, organization, feedback_words(query, response, text_feedback) FROM new_rows;
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE FUNCTION index_changed_feedback() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE review_index SET due_at = clock_timestamp(),
        embedder = CASE WHEN OLD.query = NEW.query THEN embedder END,
        embedding = CASE WHEN OLD.query = NEW.query THEN embedding END
      WHERE feedback_id = NEW.id;
      UPDATE review_words SET words = feedback_words(NEW.query, NEW.response, NEW.text_feedback)
      WHERE feedback_id = NEW.id
        AND (OLD.query, OLD.response, OLD.text_feedback) IS DISTINCT FROM (NEW.query, NEW.response, NEW.text_feedback);
      RETURN NULL;
    END $$`,
  `CREATE INDEX rlhf_feedback_of_model ON rlhf_feedback (organization, reward_model, created_at DESC, id DESC)
    INCLUDE (status) WHERE reward_model IS NOT NULL`,
  // With the id itself, so that the shuffle is gone through without the rows.
  `DROP INDEX rlhf_feedback_shuffled`,
  `CREATE INDEX rlhf_feedback_shuffled ON rlhf_feedback (organization, status, md5(id::text))
    INCLUDE (id, source, feedback_type, rating_overall, review_disagreement)`,
];

const backfills = [
  // How far the server has gone through a table for what a migration began, by ids: done here, a large table would
  // keep the server from starting for minutes.
  `CREATE TABLE backfills (
    name text PRIMARY KEY,
    done_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
  )`,
  `INSERT INTO backfills (name) SELECT 'review_words' WHERE EXISTS (SELECT FROM rlhf_feedback)`,
];

/** Words stand in a table of their own, and are found with the marks of their letters and without. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...functions, ...copy, ...backfills, ...swap])
    await sql.raw(statement).execute(db);
}
