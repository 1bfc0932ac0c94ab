import { type Kysely, sql } from 'kysely';

const isOwn = 'NEW.asker IS NOT NULL AND NEW.session_id IS NOT NULL';

const statements = [
  // Stands among the words of whatever a person has: the index then goes through that person's alone.
  `CREATE FUNCTION owner_word(organization text, asker text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY['owner' || md5(length(organization) || organization || asker)]) $$`,
  // A question with its answer; bounded, since a tsvector holds a megabyte at most.
  `CREATE FUNCTION turn_words(organization text, asker text, question text, answer text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT owner_word(organization, asker)
      || search_words(left(question, 20000) || ' ' || left(coalesce(answer, ''), 40000)) $$`,
  // Beside the log, not in it: the log is written twice for a streamed answer, and read by everybody.
  `CREATE TABLE conversation_words (
    response_id uuid PRIMARY KEY REFERENCES conversation_logs (response_id) ON DELETE CASCADE,
    organization text NOT NULL,
    asker text NOT NULL,
    session_id text NOT NULL,
    words tsvector NOT NULL
  )`,
  `CREATE INDEX conversation_words_by_session ON conversation_words (organization, asker, session_id, response_id)`,
  // What waits to be sorted in is read by every search, and sorted in by some answer: less of it at a time.
  `CREATE INDEX conversation_words_found ON conversation_words USING gin (words) WITH (gin_pending_list_limit = 1024)`,
  `CREATE FUNCTION index_conversation_turn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO conversation_words AS w (response_id, organization, asker, session_id, words)
      VALUES (NEW.response_id, NEW.organization, NEW.asker, NEW.session_id,
        turn_words(NEW.organization, NEW.asker, NEW.query, NEW.selected_response))
      ON CONFLICT (response_id) DO UPDATE SET words = excluded.words;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER index_new_turn AFTER INSERT ON conversation_logs FOR EACH ROW
    WHEN (${isOwn} AND NEW.status <> 'open') EXECUTE FUNCTION index_conversation_turn()`,
  `CREATE TRIGGER index_changed_turn AFTER UPDATE ON conversation_logs FOR EACH ROW
    WHEN (${isOwn} AND NEW.status <> 'open' AND (OLD.status = 'open'
      OR (OLD.query, OLD.selected_response) IS DISTINCT FROM (NEW.query, NEW.selected_response)))
    EXECUTE FUNCTION index_conversation_turn()`,
  `INSERT INTO backfills (name) SELECT 'conversation_words' WHERE EXISTS (SELECT FROM conversations)`,
];

/** People's own conversations are found by the words of their turns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
