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
  /** How many the planner expects. */
  readonly expected: number;
}

/** Up to so many hits are looked at, whatever order is asked for. */
const FEW = 3000;
/** Up to so many are gathered; each costs a page of the table, and of what more items have, a page is full soon. */
const MANY = 10_000;

/** Of two searches with so many hits together, those of both are looked up first. */
const MET = 60_000;

/**
 * How a search is to go about its hits. The planner cannot be left to choose: of rare words and tags it has no
 * statistics. Of frequent ones it has, and to count those would take longer than to find a page of them.
 */
export async function hitsOf(db: Sql, { ids, holds }: Pick<Hits, 'ids' | 'holds'>): Promise<Hits> {
  const expected = await expectedRows(db, ids);
  if (expected > 2 * MANY) return { ids, holds, expected, reach: 'most' };
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${ids} LIMIT ${MANY + 1}) AS hits`.execute(db);
  return { ids, holds, expected, reach: reachOf(rows[0]?.n ?? 0) };
}

function reachOf(found: number): Hits['reach'] {
  if (found <= FEW) return 'few';
  return found <= MANY ? 'many' : 'most';
}

/**
 * Two searches as one where both have many hits: those that they have in common, which may be none at all. To ask each
 * hit of one for the other would take longer.
 */
export async function meeting(db: Sql, hits: readonly Hits[]): Promise<readonly Hits[]> {
  const [one, other] = hits;
  if (one === undefined || other === undefined || hits.some(({ reach }) => reach === 'few')) return hits;
  if (one.expected + other.expected > MET) return hits;
  const { rows } = await sql<{ id: string }>`
    SELECT met.id FROM (${one.ids} INTERSECT ${other.ids} LIMIT ${MANY + 1}) AS met (id)`.execute(db);
  if (rows.length > MANY) return hits;
  const common = sql`${rows.map(({ id }) => id)}::uuid[]`;
  const ids = sql`SELECT unnest(${common}) AS id`;
  const holds = sql<boolean>`f.id = ANY(${common})`;
  return [{ ids, holds, reach: reachOf(rows.length), expected: rows.length }];
}

const Plan = z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]);

/** How many rows the planner expects of a query. */
export async function expectedRows(db: Sql, query: RawBuilder<unknown>): Promise<number> {
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
