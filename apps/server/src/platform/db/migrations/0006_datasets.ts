import { type Kysely, sql } from 'kysely';

const statements = [
  // Pairs: words to search, the same question however spelt, changes counted and kept.
  `ALTER TABLE preference_pairs
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN query_hash text NOT NULL
      GENERATED ALWAYS AS (md5(lower(btrim(regexp_replace(query, '\\s+', ' ', 'g'))))) STORED,
    ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple'::regconfig,
      left(query, 20000) || ' ' || left(chosen_response, 20000) || ' ' || left(rejected_response, 20000))) STORED`,
  `UPDATE preference_pairs SET updated_at = created_at`,
  `CREATE INDEX preference_pairs_by_query ON preference_pairs (organization, query_hash)`,
  `CREATE INDEX preference_pairs_by_words ON preference_pairs USING gin (words)`,
  `CREATE INDEX preference_pairs_by_method ON preference_pairs (organization, method, id DESC)`,
  `CREATE INDEX preference_pairs_by_annotator ON preference_pairs (organization, annotator_email, id DESC)`,
  `CREATE INDEX preference_pairs_free ON preference_pairs (organization, id) WHERE dataset_id IS NULL`,
  `CREATE INDEX preference_pairs_by_item ON preference_pairs (judging_item_id) WHERE judging_item_id IS NOT NULL`,
  `CREATE TABLE pair_revisions (
    organization text NOT NULL REFERENCES organizations (id),
    pair_id uuid NOT NULL REFERENCES preference_pairs (id) ON DELETE CASCADE,
    version integer NOT NULL,
    was jsonb NOT NULL,
    replaced_by text NOT NULL,
    replaced_at timestamptz NOT NULL,
    PRIMARY KEY (pair_id, version)
  )`,

  // Data sets: numbered within their name, with what they were made by.
  `ALTER TABLE training_datasets
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN query jsonb,
    ADD COLUMN pair_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN archived_from text`,
  `UPDATE training_datasets SET version = numbered.version FROM (
    SELECT id, row_number() OVER (PARTITION BY organization, name ORDER BY id) AS version FROM training_datasets
  ) AS numbered WHERE numbered.id = training_datasets.id`,
  `CREATE UNIQUE INDEX training_datasets_by_version ON training_datasets (organization, name, version)`,
  // Whoever inserts a data set, Attune or a client of the database, gets the next number; two at once take turns.
  `CREATE FUNCTION number_dataset() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(7420003, hashtext(NEW.organization || ' ' || NEW.name));
      SELECT coalesce(max(version), 0) + 1 INTO NEW.version FROM training_datasets
        WHERE organization = NEW.organization AND name = NEW.name;
      RETURN NEW;
    END $$`,
  `CREATE TRIGGER training_datasets_number BEFORE INSERT ON training_datasets
    FOR EACH ROW EXECUTE FUNCTION number_dataset()`,
  `CREATE TRIGGER training_datasets_renumber BEFORE UPDATE OF name ON training_datasets
    FOR EACH ROW WHEN (NEW.name <> OLD.name) EXECUTE FUNCTION number_dataset()`,

  `ALTER TABLE dataset_exports
    ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN split text NOT NULL DEFAULT 'all' CHECK (split IN ('all', 'train', 'validation')),
    ADD COLUMN masked boolean NOT NULL DEFAULT false`,
  `CREATE INDEX dataset_exports_newest ON dataset_exports (organization, dataset_id, created_at DESC, id DESC)`,
  // What user ids are hashed with before they leave; without it a pseudonym could be found by trying ids.
  `CREATE TABLE pseudonym_salts (
    organization text PRIMARY KEY REFERENCES organizations (id),
    salt text NOT NULL
  )`,
];

/** Changes of pairs, versions of data sets, masked exports. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
