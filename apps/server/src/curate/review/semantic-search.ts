import { type RawBuilder, sql } from 'kysely';
import { every } from './condition.ts';
import { conditionsOf, type Near, type Selection } from './conditions.ts';
import { expectedRows } from './hits.ts';
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
function newest({ embedder, where }: VectorSearch, columns = sql`f.id, i.embedding`): RawBuilder<unknown> {
  return sql`SELECT ${columns} FROM rlhf_feedback f JOIN review_index i ON i.feedback_id = f.id
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
  // As text, two thousand vectors would take longer to write and to read than all the rest.
  const { rows } = await sql<{ id: string; embedding: Buffer }>`
    ${newest(search, sql`f.id, array_send(i.embedding) AS embedding`)} LIMIT ${COMPARED_HERE}`.execute(db);
  return rows
    .map(({ id, embedding }) => ({ id, similarity: cosine(search.vector, embedding) }))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, search.limit);
}

/** In what `array_send` writes: bytes before the first element, of each element, and of its length before it. */
const ARRAY = { head: 20, element: 8, length: 4 } as const;

/** Of a vector with one as PostgreSQL sends it, big-endian; vectors of embedders have length 1. */
function cosine(a: Float32Array, sent: Uint8Array): number {
  const view = new DataView(sent.buffer, sent.byteOffset, sent.byteLength);
  const start = ARRAY.head + ARRAY.length;
  if (view.byteLength !== ARRAY.head + a.length * ARRAY.element) return 0;
  return a.reduce((sum, value, index) => sum + value * view.getFloat32(start + index * ARRAY.element), 0);
}

/** Feedback without a vector is counted up to here; of more, the planner's estimate is good enough for a progress bar. */
const COUNTED_MISSING = 10_000;

/** How many of an organisation's feedbacks have a vector, and how many there are. */
export async function semanticIndex(
  db: Sql,
  organization: string,
): Promise<{ indexed: number; total: number }> {
  const without = sql`SELECT FROM review_index WHERE organization = ${organization} AND embedder IS NULL`;
  const { rows } = await sql<{ total: number; missing: number }>`SELECT
    (SELECT coalesce(sum(feedback), 0)::float8 FROM version_counters WHERE organization = ${organization}) AS total,
    (SELECT count(*)::int FROM (${without} LIMIT ${COUNTED_MISSING + 1}) AS missing) AS missing`.execute(db);
  const { total = 0, missing = 0 } = rows[0] ?? {};
  const known = missing <= COUNTED_MISSING ? missing : Math.max(missing, await expectedRows(db, without));
  return { indexed: Math.max(0, total - known), total };
}
