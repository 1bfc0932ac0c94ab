import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE judging_projects (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    name text NOT NULL,
    guidelines text NOT NULL,
    questions jsonb NOT NULL,
    judges_per_item integer NOT NULL CHECK (judges_per_item BETWEEN 1 AND 10),
    quota integer,
    control_share real NOT NULL,
    training_round integer NOT NULL,
    reveal_after_vote boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'running', 'paused', 'closed')),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX judging_projects_newest ON judging_projects (organization, id DESC)`,
  `CREATE TABLE judging_judges (
    project_id uuid NOT NULL REFERENCES judging_projects (id) ON DELETE CASCADE,
    organization text NOT NULL REFERENCES organizations (id),
    judge text NOT NULL,
    PRIMARY KEY (project_id, judge)
  )`,
  `CREATE INDEX judging_judges_by_judge ON judging_judges (organization, judge)`,
  // taken: votes given and reservations held, never above wanted; only counted for items judged for their own sake.
  // urgency: begun items come first, those whose judges disagree before those that miss the fewest votes.
  `CREATE TABLE judging_items (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    project_id uuid NOT NULL REFERENCES judging_projects (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('item', 'control', 'training')),
    query text NOT NULL,
    context text,
    responses jsonb NOT NULL,
    known jsonb,
    source_kind text NOT NULL,
    source_id text,
    import_key text NOT NULL,
    wanted integer NOT NULL,
    taken integer NOT NULL DEFAULT 0,
    votes integer NOT NULL DEFAULT 0,
    skips integer NOT NULL DEFAULT 0,
    disagreement double precision,
    adjudication jsonb,
    urgency double precision GENERATED ALWAYS AS
      (CASE WHEN taken = 0 THEN 0
        ELSE 1 + coalesce(disagreement, 0) + 0.01 / (wanted - taken + 1.0) END) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (kind <> 'item' OR (votes <= taken AND taken <= wanted)),
    UNIQUE (project_id, import_key)
  )`,
  `CREATE INDEX judging_items_newest ON judging_items (project_id, id DESC)`,
  `CREATE INDEX judging_items_to_judge ON judging_items (project_id, urgency DESC, id)
    WHERE kind = 'item' AND taken < wanted AND adjudication IS NULL`,
  `CREATE INDEX judging_items_known ON judging_items (project_id, kind, id) WHERE kind <> 'item'`,
  `CREATE INDEX judging_items_by_disagreement ON judging_items (project_id, disagreement DESC, id DESC)
    WHERE kind = 'item' AND disagreement IS NOT NULL`,
  // An item kept for one judge, who saw its responses in this order; stays after it was judged.
  `CREATE TABLE judging_assignments (
    id uuid PRIMARY KEY,
    organization text NOT NULL REFERENCES organizations (id),
    project_id uuid NOT NULL REFERENCES judging_projects (id) ON DELETE CASCADE,
    item_id uuid NOT NULL REFERENCES judging_items (id) ON DELETE CASCADE,
    judge text NOT NULL,
    kind text NOT NULL,
    shown integer[] NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'judged', 'released')),
    held_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (item_id, judge)
  )`,
  `CREATE INDEX judging_assignments_held ON judging_assignments (project_id, held_until) WHERE state = 'held'`,
  `CREATE INDEX judging_assignments_by_judge ON judging_assignments (project_id, judge, state, kind)`,
  // One blind vote each; answers name responses by their place in the item (r1, r2, …), not as they were shown.
  `CREATE TABLE pair_judgements (
    id uuid PRIMARY KEY REFERENCES judging_assignments (id) ON DELETE CASCADE,
    organization text NOT NULL REFERENCES organizations (id),
    project_id uuid NOT NULL REFERENCES judging_projects (id) ON DELETE CASCADE,
    item_id uuid NOT NULL REFERENCES judging_items (id) ON DELETE CASCADE,
    judge text NOT NULL,
    kind text NOT NULL,
    shown integer[] NOT NULL,
    answers jsonb NOT NULL,
    skip jsonb,
    comment text,
    time_spent_ms integer,
    revealed boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (item_id, judge)
  )`,
  `CREATE INDEX pair_judgements_by_judge ON pair_judgements (project_id, judge, created_at DESC)`,
  `CREATE INDEX pair_judgements_newest ON pair_judgements (organization, created_at DESC)`,
  `ALTER TABLE preference_pairs ADD COLUMN judging_item_id uuid`,
];

/** Blind judging: projects, their judges, items, who was given which item, and the votes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
