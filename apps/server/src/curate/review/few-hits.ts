import { type RawBuilder, sql } from 'kysely';
import type { Sql } from './review.ts';

/** Up to so many hits are gone through one by one. */
const FEW = 10_000;

/**
 * Whether a query of hits gives few. Then a search goes through the hits, whatever order is asked for; of many it reads
 * the items in the order of the page and asks each, which ends soon since many pass. The planner cannot be left to
 * choose: of rare words and tags it has no statistics.
 */
export async function areFew(db: Sql, hits: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${hits} LIMIT ${FEW + 1}) AS hits`.execute(db);
  return (rows[0]?.n ?? 0) <= FEW;
}
