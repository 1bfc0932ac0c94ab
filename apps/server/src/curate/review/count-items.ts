import type { Count } from '@attune/contracts';
import { type RawBuilder, sql } from 'kysely';
import { every } from './condition.ts';
import { conditionsOf, filterConditions, type Selection } from './conditions.ts';
import type { Sql } from './review.ts';

/** Numbers that are shown are exact up to here. */
export const COUNTED = 10_000;
/** Of common words every hit has to be looked at, and none of a thousand is wanted. */
const COUNTED_OF_COMMON = 1000;

/** How many items a selection has, for people to see. */
export function countShown(db: Sql, selection: Selection): Promise<Count> {
  const { hits } = selection;
  const isCommon = hits.length > 0 && hits.every(({ reach }) => reach === 'most');
  return countItems(db, selection, isCommon ? COUNTED_OF_COMMON : COUNTED);
}

/** How many items a selection has, exactly up to a bound. */
export async function countItems(db: Sql, selection: Selection, bound: number): Promise<Count> {
  if (selection.near !== null) return { value: selection.near.length, exact: true };
  return countUpTo(db, selected(selection, sql`1`), bound);
}

async function countUpTo(db: Sql, items: RawBuilder<unknown>, bound: number): Promise<Count> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${items} LIMIT ${bound + 1}) AS counted`.execute(db);
  const n = rows[0]?.n ?? 0;
  return { value: Math.min(n, bound), exact: n <= bound };
}

/** A selection as a query of its own, in no order. */
export function selected(selection: Selection, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const { near, hits } = selection;
  if (near !== null) {
    const ids = near.map(({ id }) => id);
    return sql`SELECT ${columns} FROM rlhf_feedback f WHERE f.id = ANY(${ids}::uuid[])`;
  }
  if (hits.some(({ reach }) => reach !== 'most')) {
    return sql`SELECT ${columns} FROM rlhf_feedback f WHERE ${every(conditionsOf(selection))}`;
  }
  const among = hits.map(({ ids }) => sql<boolean>`f.id IN (${ids})`);
  const rest = filterConditions(selection).map(({ condition }) => condition);
  return sql`SELECT ${columns} FROM rlhf_feedback f WHERE ${every([...rest, ...among])}`;
}
