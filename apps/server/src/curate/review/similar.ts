import type { ReviewContext } from '@attune/contracts';
import { sql } from 'kysely';
import type { Sql } from './review.ts';
import { nearVector } from './semantic-search.ts';

export type SimilarItem = ReviewContext['similar'][number];

/** Items looked at for tags, and shown. */
const LOOKED_AT = 40;

interface Item {
  readonly id: string;
  readonly embedder: string | null;
  readonly embedding: number[] | null;
}

/** Items with the same question, then items with a like one, nearest first; the item itself left out. */
export async function similarItems(db: Sql, organization: string, id: string): Promise<SimilarItem[]> {
  const same = await sameQuestion(db, organization, id);
  const near = await likeQuestions(db, organization, id);
  const likeness = new Map([...near, ...same.map((other) => [other, 1] as const)]);
  const ids = [...likeness.keys()];
  const { rows } = await sql<Omit<SimilarItem, 'similarity'>>`
    SELECT id, query, response, status, rating_overall, tags FROM rlhf_feedback
    WHERE organization = ${organization} AND id = ANY(${ids}::uuid[])`.execute(db);
  return rows
    .map((row) => ({ ...row, similarity: likeness.get(row.id) ?? 0 }))
    .toSorted((a, b) => b.similarity - a.similarity || (a.id < b.id ? 1 : -1))
    .slice(0, LOOKED_AT);
}

/** Newest first. Rows that a script wrote have no key: then nothing is known to be the same. */
async function sameQuestion(db: Sql, organization: string, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT f.id FROM rlhf_feedback f JOIN rlhf_feedback this ON this.id = ${id}::uuid
    WHERE f.organization = ${organization} AND md5(f.query_key) = md5(this.query_key)
      AND f.query_key = this.query_key AND this.query_key <> '' AND f.id <> this.id
    ORDER BY f.created_at DESC LIMIT ${LOOKED_AT}`.execute(db);
  return rows.map((row) => row.id);
}

async function likeQuestions(
  db: Sql,
  organization: string,
  id: string,
): Promise<(readonly [string, number])[]> {
  const { rows } = await sql<Item>`
    SELECT feedback_id AS id, embedder, embedding FROM review_index
    WHERE feedback_id = ${id}::uuid AND organization = ${organization}`.execute(db);
  const { embedder = null, embedding = null } = rows[0] ?? {};
  if (embedder === null || embedding === null) return [];
  const where = sql<boolean>`f.organization = ${organization} AND f.id <> ${id}::uuid`;
  const vector = Float32Array.from(embedding);
  const near = await nearVector(db, { vector, embedder, where, limit: LOOKED_AT });
  return near.map(({ id: other, similarity }) => [other, similarity] as const);
}
