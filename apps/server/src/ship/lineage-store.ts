import type { LineageKind, LineageNode } from '@attune/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/db/open.ts';

// Lineage crosses the rooms: it reads tables of serve, collect, curate and learn. It stands here because the registry
// is where the chain ends, it only reads, and asking each room one link at a time would take a round trip per row
// where the database joins thousands at once. Nothing here may ever write.

type Sql = Database['sql'];

/** A SELECT of one column of ids; nested, never held in memory. */
export type IdSet = RawBuilder<unknown>;
/** From things of one kind to the things of another kind that they are made from, or that are made from them. */
export type Link = (organization: string, ids: IdSet) => IdSet;

/** The set of one. */
export const only = (id: string): IdSet => sql`SELECT ${id}::uuid`;
export const union = (sets: readonly IdSet[]): IdSet => sql.join(sets, sql` UNION `);
export const without = (ids: IdSet, others: IdSet): IdSet => sql`(${ids}) EXCEPT (${others})`;

/** The models that blends were made from. */
const blended: Link = (
  organization,
  ids,
) => sql`SELECT part.id FROM model_registry part JOIN model_registry whole
  ON part.organization = whole.organization AND whole.card->>'recipe' = 'blend'
  AND whole.card->'models' @> to_jsonb(part.model_id)
  WHERE whole.organization = ${organization} AND whole.id IN (${ids})`;
/** The blends that were made from models. */
const blends: Link = (
  organization,
  ids,
) => sql`SELECT whole.id FROM model_registry whole JOIN model_registry part
  ON part.organization = whole.organization AND whole.card->>'recipe' = 'blend'
  AND whole.card->'models' @> to_jsonb(part.model_id)
  WHERE part.organization = ${organization} AND part.id IN (${ids})`;

/** For each kind, what its things were made from. */
export const madeFrom: Readonly<Record<LineageKind, Partial<Record<LineageKind, Link>>>> = {
  answer: {
    model: (organization, ids) => sql`SELECT model_registry.id FROM conversation_logs JOIN model_registry
      ON model_registry.organization = conversation_logs.organization
      AND model_registry.model_id = conversation_logs.reward_model
      WHERE conversation_logs.organization = ${organization} AND response_id IN (${ids})`,
  },
  model: {
    model: blended,
    job: (organization, ids) => sql`SELECT fine_tuning_job_id FROM model_registry
      WHERE organization = ${organization} AND id IN (${ids}) AND fine_tuning_job_id IS NOT NULL`,
    dataset: (organization, ids) => sql`SELECT dataset_id FROM model_registry
      WHERE organization = ${organization} AND id IN (${ids}) AND dataset_id IS NOT NULL`,
  },
  job: {
    dataset: (organization, ids) => sql`SELECT dataset_id FROM fine_tuning_jobs
      WHERE organization = ${organization} AND id IN (${ids})`,
  },
  dataset: {
    pair: (organization, ids) => sql`SELECT id FROM preference_pairs
      WHERE organization = ${organization} AND dataset_id IN (${ids})`,
    feedback: (organization, ids) => sql`SELECT unnest(feedback_ids) FROM training_datasets
      WHERE organization = ${organization} AND id IN (${ids})`,
  },
  export: {
    dataset: (organization, ids) => sql`SELECT dataset_id FROM dataset_exports
      WHERE organization = ${organization} AND id IN (${ids})`,
  },
  pair: {
    judgement: (organization, ids) => sql`SELECT pair_judgements.id FROM pair_judgements JOIN preference_pairs
      ON preference_pairs.judging_item_id = pair_judgements.item_id
      AND preference_pairs.organization = pair_judgements.organization
      WHERE preference_pairs.organization = ${organization} AND preference_pairs.id IN (${ids})`,
    feedback: (organization, ids) => sql`SELECT unnest(source_feedback_ids) FROM preference_pairs
      WHERE organization = ${organization} AND id IN (${ids})`,
  },
  judgement: {},
  feedback: {
    // What a model said came from a run.
    job: (organization, ids) => sql`SELECT (context->>'job_id')::uuid FROM rlhf_feedback
      WHERE organization = ${organization} AND id IN (${ids}) AND source = 'model' AND context ? 'job_id'`,
    answer: (organization, ids) => sql`SELECT response_id FROM rlhf_feedback
      WHERE organization = ${organization} AND id IN (${ids}) AND response_id IS NOT NULL`,
  },
};

/** For each kind, what was made from its things. Answers of a model are only counted, see `answersBy`. */
export const wentInto: Readonly<Record<LineageKind, Partial<Record<LineageKind, Link>>>> = {
  answer: {
    feedback: (organization, ids) => sql`SELECT id FROM rlhf_feedback
      WHERE organization = ${organization} AND response_id IN (${ids})`,
  },
  feedback: {
    pair: (organization, ids) => sql`SELECT id FROM preference_pairs
      WHERE organization = ${organization} AND source_feedback_ids && ARRAY(${ids})`,
    dataset: (organization, ids) => sql`SELECT id FROM training_datasets
      WHERE organization = ${organization} AND feedback_ids && ARRAY(${ids})`,
  },
  judgement: {
    pair: (organization, ids) => sql`SELECT id FROM preference_pairs
      WHERE organization = ${organization} AND judging_item_id IN (
        SELECT item_id FROM pair_judgements WHERE organization = ${organization} AND id IN (${ids}))`,
  },
  pair: {
    dataset: (organization, ids) => sql`SELECT dataset_id FROM preference_pairs
      WHERE organization = ${organization} AND id IN (${ids}) AND dataset_id IS NOT NULL`,
  },
  dataset: {
    export: (organization, ids) => sql`SELECT id FROM dataset_exports
      WHERE organization = ${organization} AND dataset_id IN (${ids})`,
    job: (organization, ids) => sql`SELECT id FROM fine_tuning_jobs
      WHERE organization = ${organization} AND dataset_id IN (${ids})`,
    model: (organization, ids) => sql`SELECT id FROM model_registry
      WHERE organization = ${organization} AND dataset_id IN (${ids})`,
  },
  job: {
    feedback: (organization, ids) => sql`SELECT id FROM rlhf_feedback WHERE organization = ${organization}
      AND source = 'model' AND context->>'job_id' IN (SELECT id::text FROM (${ids}) AS given (id))`,
    model: (organization, ids) => sql`SELECT id FROM model_registry
      WHERE organization = ${organization} AND fine_tuning_job_id IN (${ids})`,
  },
  export: {},
  model: { model: blends },
};

/** Table, id column, shown id, label and facts of each kind. */
const shown: Readonly<Record<LineageKind, Shown>> = {
  answer: entry('conversation_logs', { label: 'left(query, 100)', key: 'response_id' }),
  feedback: entry('rlhf_feedback', {
    label: 'left(query, 100)',
    facts: 'array_remove(ARRAY[feedback_type, rating_overall::text], NULL)',
  }),
  judgement: entry('pair_judgements', { label: 'kind', facts: 'ARRAY[judge]' }),
  pair: entry('preference_pairs', { label: 'left(query, 100)', facts: 'ARRAY[method]' }),
  dataset: entry('training_datasets', { label: 'name' }),
  export: entry('dataset_exports', { label: 'file_name' }),
  job: entry('fine_tuning_jobs', { label: 'model_name', facts: 'ARRAY[status]' }),
  model: entry('model_registry', { label: 'model_id', facts: 'ARRAY[status]', id: 'model_id' }),
};

interface Shown {
  readonly from: IdSet;
  readonly key: IdSet;
  readonly id: IdSet;
  readonly label: IdSet;
  readonly facts: IdSet;
}

function entry(
  table: string,
  { label, facts = 'ARRAY[]::text[]', key = 'id', id = key }: EntryColumns,
): Shown {
  return {
    from: sql.table(table),
    key: sql.ref(key),
    id: sql.ref(id),
    label: sql.raw(label),
    facts: sql.raw(facts),
  };
}

interface EntryColumns {
  readonly label: string;
  readonly facts?: string;
  readonly key?: string;
  readonly id?: string;
}

/** The first `limit` things of a set that exist in the organisation, oldest first, and how many there are. */
export async function nodesOf(
  db: Sql,
  organization: string,
  kind: LineageKind,
  ids: IdSet,
  limit: number,
): Promise<{ nodes: LineageNode[]; total: number }> {
  const { from, id, label, facts, key } = shown[kind];
  const { rows } = await sql<{ id: string; label: string; facts: string[]; total: number }>`
    SELECT ${id}::text AS id, ${label} AS label, ${facts} AS facts, (count(*) OVER ())::int AS total FROM ${from}
    WHERE organization = ${organization} AND ${key} IN (${ids}) ORDER BY ${key} LIMIT ${limit}`.execute(db);
  const nodes = rows.map((row) => ({ kind, id: row.id, label: row.label, facts: row.facts }));
  return { nodes, total: rows[0]?.total ?? 0 };
}

/** How many answers these models scored, from the running counters. */
export async function answersBy(db: Sql, organization: string, models: IdSet): Promise<number> {
  const { rows } = await sql<{ answers: number }>`
    SELECT coalesce(sum(answers), 0)::float8 AS answers FROM answer_counters WHERE organization = ${organization}
    AND reward_model IN (SELECT model_id FROM model_registry
      WHERE organization = ${organization} AND id IN (${models}))`.execute(db);
  return rows[0]?.answers ?? 0;
}
