import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Condition } from './condition.ts';
import type { Sql } from './review.ts';

/** What an index finds for words or for a tag. */
export interface Hits {
  /** Their ids, as a query. */
  readonly ids: RawBuilder<unknown>;
  /** The same asked of one item, as a condition on `rlhf_feedback AS f`. */
  readonly holds: Condition;
  /** `few`: each is looked at. `many`: gathered. `most`: items are asked in the order of the page, as far as that leads. */
  readonly reach: 'few' | 'many' | 'most';
}

/** Up to so many hits are looked at, whatever order is asked for. */
const FEW = 3000;
/** Up to so many are gathered; each costs a page of the table, and of what more items have, a page is full soon. */
const MANY = 10_000;

/**
 * How a search is to go about its hits. The planner cannot be left to choose: of rare words and tags it has no
 * statistics. Of frequent ones it has, and to count those would take longer than to find a page of them.
 */
export async function reachOf(db: Sql, ids: RawBuilder<unknown>): Promise<Hits['reach']> {
  if ((await expected(db, ids)) > 2 * MANY) return 'most';
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${ids} LIMIT ${MANY + 1}) AS hits`.execute(db);
  const n = rows[0]?.n ?? 0;
  if (n <= FEW) return 'few';
  return n <= MANY ? 'many' : 'most';
}

const Plan = z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]);

/** How many rows the planner expects of a query. */
async function expected(db: Sql, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': unknown }>`EXPLAIN (FORMAT JSON) ${query}`.execute(db);
  return Plan.parse(rows[0]?.['QUERY PLAN'])[0].Plan['Plan Rows'];
}

/** That an item is one of the hits. */
export function isHit({ ids, holds, reach }: Hits): Condition {
  return reach === 'most' ? holds : sql<boolean>`f.id = ANY(ARRAY(${ids}))`;
}

/** The same, by a hash of all ids: made once, and then asked without the item's row. */
export function isHashed({ ids }: Hits): Condition {
  // As it is worded, the planner cannot make a join of it, which would lose the order.
  return sql<boolean>`(f.id IN (${ids})) IS TRUE`;
}

/** Has statements hash what a search finds in memory, and not be compiled: that takes longer than they do. */
export function withHashes<Result>(db: Sql, work: (db: Sql) => Promise<Result>): Promise<Result> {
  const prepared = async (transaction: Sql) => {
    await sql`SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`.execute(
      transaction,
    );
    return work(transaction);
  };
  return db.isTransaction ? prepared(db) : db.transaction().execute(prepared);
}
