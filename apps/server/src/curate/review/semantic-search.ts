import { type RawBuilder, sql } from 'kysely';
import { every } from './condition.ts';
import { conditionsOf, type Near, type Selection } from './conditions.ts';
import type { ReviewParts, Sql } from './review.ts';

/** Most hits of one search. */
const MOST = 200;
/** Cosine below which two questions have little to do with each other (static embedder). */
const LEAST_LIKE = 0.4;
/** Without an index: how many of the newest items are compared, by the database and by this process. */
const COMPARED_THERE = 10_000;
const COMPARED_HERE = 2000;
/** pgvector's candidate list; larger finds more of the true neighbours. */
const EF_SEARCH = 200;
/** With an index: so few items of a selection are compared one by one, since the index may stop before it meets them. */
const COMPARED_EACH = 2000;
/** Entries after which the index stops; of a selection that is larger than the above, it has met enough by then. */
const SCANNED = 100_000;

/** The items of a selection whose questions are nearest to a text, nearest first. */
export async function nearest(
  { db, texts }: Pick<ReviewParts, 'db' | 'texts'>,
  text: string,
  selection: Selection,
): Promise<Near[]> {
  const { vectors, embedder } = await texts.embed([text], 'interactive');
  const vector = vectors[0];
  if (vector === undefined || vector.every((value) => value === 0)) return [];
  return nearVector(db, { vector, embedder, where: every(conditionsOf(selection)), limit: MOST });
}

/** A vector, and among what it is compared. */
export interface VectorSearch {
  readonly vector: Float32Array;
  readonly embedder: string;
  /** On `rlhf_feedback AS f` and `review_index AS i`. */
  readonly where: RawBuilder<boolean>;
  readonly limit: number;
}

/** The items nearest to a vector, nearest first, by whichever way the database offers. */
export async function nearVector(db: Sql, search: VectorSearch): Promise<Near[]> {
  const found = await waysOf(db).then(({ index, type }) => {
    if (index) return byEither(db, search);
    return type ? byDistance(db, search) : byComparing(db, search);
  });
  return found
    .filter(({ similarity }) => similarity >= LEAST_LIKE)
    .toSorted((a, b) => b.similarity - a.similarity || (a.id < b.id ? 1 : -1));
}

/** Whether there is an index of nearest neighbours, and whether there is pgvector at all. */
async function waysOf(db: Sql): Promise<{ index: boolean; type: boolean }> {
  const { rows } = await sql<{ index: boolean; type: boolean }>`SELECT
    to_regclass('review_index_nearest') IS NOT NULL AS index, to_regtype('vector') IS NOT NULL AS type`.execute(
    db,
  );
  return rows[0] ?? { index: false, type: false };
}

/** A selection of few is compared, one of many is looked for by the index. */
async function byEither(db: Sql, search: VectorSearch): Promise<Near[]> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (SELECT 1 FROM rlhf_feedback f JOIN review_index i ON i.feedback_id = f.id
      WHERE i.embedder = ${search.embedder} AND ${search.where} LIMIT ${COMPARED_EACH + 1}) AS counted`.execute(
    db,
  );
  return (rows[0]?.n ?? 0) <= COMPARED_EACH ? byDistance(db, search) : byIndex(db, search);
}

function vectorOf({ vector }: VectorSearch): RawBuilder<unknown> {
  return sql`${`[${vector.join(',')}]`}::vector(256)`;
}

function byIndex(db: Sql, search: VectorSearch): Promise<Near[]> {
  const given = vectorOf(search);
  return db.transaction().execute(async (transaction) => {
    await sql`SELECT set_config('hnsw.ef_search', ${String(EF_SEARCH)}, true),
      set_config('hnsw.iterative_scan', 'relaxed_order', true),
      set_config('hnsw.max_scan_tuples', ${String(SCANNED)}, true)`.execute(transaction);
    const { rows } = await sql<Near>`
      SELECT f.id, 1 - (i.embedding::vector(256) <=> ${given}) AS similarity
      FROM review_index i JOIN rlhf_feedback f ON f.id = i.feedback_id
      WHERE array_length(i.embedding, 1) = 256 AND i.embedder = ${search.embedder} AND ${search.where}
      ORDER BY i.embedding::vector(256) <=> ${given} LIMIT ${search.limit}`.execute(transaction);
    return rows;
  });
}

/** The newest items of a selection that have a vector. */
function newest({ embedder, where }: VectorSearch): RawBuilder<unknown> {
  return sql`SELECT f.id, i.embedding FROM rlhf_feedback f JOIN review_index i ON i.feedback_id = f.id
    WHERE i.embedder = ${embedder} AND ${where} ORDER BY f.created_at DESC, f.id DESC`;
}

async function byDistance(db: Sql, search: VectorSearch): Promise<Near[]> {
  const given = vectorOf(search);
  const { rows } = await sql<Near>`
    SELECT id, 1 - (embedding::vector(256) <=> ${given}) AS similarity
    FROM (${newest(search)} LIMIT ${COMPARED_THERE}) AS newest
    ORDER BY embedding::vector(256) <=> ${given} LIMIT ${search.limit}`.execute(db);
  return rows;
}

async function byComparing(db: Sql, search: VectorSearch): Promise<Near[]> {
  const { rows } = await sql<{ id: string; embedding: number[] }>`
    ${newest(search)} LIMIT ${COMPARED_HERE}`.execute(db);
  return rows
    .map(({ id, embedding }) => ({ id, similarity: cosine(search.vector, embedding) }))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, search.limit);
}

/** Vectors of embedders have length 1. */
function cosine(a: Float32Array, b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/** How many of an organisation's feedbacks have a vector, and how many there are. */
export async function semanticIndex(
  db: Sql,
  organization: string,
): Promise<{ indexed: number; total: number }> {
  const { rows } = await sql<{ total: number; missing: number }>`SELECT
    (SELECT coalesce(sum(feedback), 0)::float8 FROM version_counters WHERE organization = ${organization}) AS total,
    (SELECT count(*)::int FROM review_index WHERE organization = ${organization} AND embedder IS NULL) AS missing`.execute(
    db,
  );
  const { total = 0, missing = 0 } = rows[0] ?? {};
  return { indexed: Math.max(0, total - missing), total };
}
