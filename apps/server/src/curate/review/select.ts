import type { Count, ReviewFilter, ReviewOrder } from '@attune/contracts';
import { type RawBuilder, sql } from 'kysely';
import { type Condition, every } from './condition.ts';
import { conditionsOf, type Selection } from './conditions.ts';
import { type Position, ways } from './order.ts';
import { heldBy } from './reservation-store.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';
import { nearest } from './semantic-search.ts';
import { searchTag } from './tag-search.ts';
import { searchWords } from './word-search.ts';

/** Looks up what a filter needs before it can be asked. @throws AttuneError `scoring_unavailable`, `overloaded` */
export async function select(
  parts: ReviewParts,
  reviewer: Reviewer,
  filter: ReviewFilter,
  until: Date | null = null,
): Promise<Selection> {
  const { db, clock } = parts;
  const { organization } = reviewer;
  const words = filter.q === undefined ? null : await searchWords(db, organization, filter.q);
  const tag = filter.tag === undefined ? null : await searchTag(db, organization, filter.tag);
  const held = filter.mine === undefined ? [] : await heldBy(db, reviewer, clock.now());
  const selection = { reviewer, filter, held, words, tag, near: null, until };
  if (filter.semantic === undefined) return selection;
  return { ...selection, near: await nearest(parts, filter.semantic, selection) };
}

/** An item's id with the key that a cursor holds. */
export interface FoundItem {
  readonly id: string;
  readonly key: string;
}

/** Ids of a selection in an order, from after a position on; `and` narrows it further. */
export async function findItems(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  page: { after: Position | null; limit: number; and?: readonly Condition[]; lock?: boolean },
): Promise<FoundItem[]> {
  const { orderBy, key, beyond } = ways[order];
  const conditions = [
    ...conditionsOf(selection),
    ...(page.after === null ? [] : [beyond(page.after)]),
    ...(page.and ?? []),
  ];
  const lock = page.lock === true ? sql`FOR NO KEY UPDATE OF f SKIP LOCKED` : sql``;
  const { rows } = await sql<FoundItem>`
    SELECT f.id, ${key} AS key FROM rlhf_feedback f WHERE ${every(conditions)}
    ORDER BY ${orderBy} LIMIT ${page.limit} ${lock}`.execute(db);
  return rows;
}

/** Numbers that are shown are exact up to here. */
export const COUNTED = 10_000;
/** Of common words every hit has to be looked at, and none of a thousand is wanted. */
const COUNTED_OF_COMMON = 1000;

/** How many items a selection has, for people to see. */
export function countShown(db: Sql, selection: Selection): Promise<Count> {
  return countItems(db, selection, selection.words?.common === true ? COUNTED_OF_COMMON : COUNTED);
}

/** How many items a selection has, exactly up to a bound. */
export async function countItems(db: Sql, selection: Selection, bound: number): Promise<Count> {
  if (selection.near !== null) return { value: selection.near.length, exact: true };
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${selected(selection, sql`1`)} LIMIT ${bound + 1}) AS counted`.execute(
    db,
  );
  const n = rows[0]?.n ?? 0;
  return { value: Math.min(n, bound), exact: n <= bound };
}

/** A selection as a query of its own, in no order. */
export function selected(selection: Selection, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  if (selection.near !== null) {
    const ids = selection.near.map(({ id }) => id);
    return sql`SELECT ${columns} FROM rlhf_feedback f WHERE f.id = ANY(${ids}::uuid[])`;
  }
  if (selection.words?.common !== true) {
    return sql`SELECT ${columns} FROM rlhf_feedback f WHERE ${every(conditionsOf(selection))}`;
  }
  const rest = conditionsOf({ ...selection, words: null });
  return sql`SELECT ${columns} FROM review_index i JOIN rlhf_feedback f ON f.id = i.feedback_id
    WHERE i.search @@ websearch_to_tsquery('simple', ${selection.filter.q}) AND ${every(rest)}`;
}
