import type { ReviewOrder } from '@attune/contracts';
import { type RawBuilder, sql } from 'kysely';
import { type Condition, every } from './condition.ts';
import { conditionsOf, filterConditions, queueOf, type Selection } from './conditions.ts';
import { isHashed, isHit, withHashes } from './hits.ts';
import { type Position, ways } from './order.ts';
import type { Sql } from './review.ts';

/** An item's id with the key that a cursor holds. */
export interface FoundItem {
  readonly id: string;
  readonly key: string;
}

/** What part of a selection is wanted; `and` narrows it further. */
export interface Wanted {
  readonly after: Position | null;
  readonly limit: number;
  readonly and?: readonly Condition[];
  readonly lock?: boolean;
}

/** Ids of a selection in an order, from after a position on. */
export async function findItems(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  wanted: Wanted,
): Promise<FoundItem[]> {
  const reaches = selection.hits.map(({ reach }) => reach);
  if (reaches.includes('few') || reaches.length === 0) return byRow(db, selection, order, wanted);
  if (!reaches.includes('many')) {
    const found = await amongFirst(db, selection, order, wanted);
    if (found !== null) return found;
  }
  return withHashes(db, (prepared) => byIndex(prepared, selection, order, wanted));
}

/** The first page of a selection with the number of all its items; null where they had better be counted apart. */
export async function findAndCount(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  limit: number,
): Promise<{ items: FoundItem[]; total: number } | null> {
  if (!selection.hits.some(({ reach }) => reach !== 'most')) return null;
  const { orderBy, key } = ways[order];
  const { rows } = await sql<FoundItem & { total: number }>`
    SELECT f.id, ${key} AS key, (count(*) OVER ())::int AS total FROM rlhf_feedback f
    WHERE ${every(conditionsOf(selection))} ORDER BY ${orderBy('f')} LIMIT ${limit}`.execute(db);
  return { items: rows, total: rows[0]?.total ?? 0 };
}

const locked = ({ lock }: Wanted) => (lock === true ? sql`FOR NO KEY UPDATE OF f SKIP LOCKED` : sql``);

async function byRow(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  wanted: Wanted,
): Promise<FoundItem[]> {
  const { after, limit, and = [] } = wanted;
  const { orderBy, key, beyond } = ways[order];
  const conditions = [...conditionsOf(selection), ...(after === null ? [] : [beyond(after)]), ...and];
  const { rows } = await sql<FoundItem>`
    SELECT f.id, ${key} AS key FROM rlhf_feedback f WHERE ${every(conditions)}
    ORDER BY ${orderBy('f')} LIMIT ${limit} ${locked(wanted)}`.execute(db);
  return rows;
}

/** Items looked at for each that is wanted, where one in a hundred or more is said to be a hit. */
const LOOKED_AT = 80;

/** The page, where the first items of the filter fill it or are all there are; null where few of them are hits. */
async function amongFirst(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  wanted: Wanted,
): Promise<FoundItem[] | null> {
  const { limit, and = [] } = wanted;
  const most = LOOKED_AT * limit;
  const conditions = [...queueOf(selection), ...selection.hits.map(({ holds }) => holds), ...and];
  const rows = await passing(db, inOrder(selection, order, wanted, most), conditions, order, wanted);
  if (rows.length === limit) return rows;
  const { rows: looked } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM (${inOrder(selection, order, wanted, most)}) AS c`.execute(db);
  return looked[0]?.n === most ? null : rows;
}

/** Those of some items in order that pass, asked one after the other until there are enough. */
async function passing(
  db: Sql,
  items: RawBuilder<unknown>,
  conditions: readonly Condition[],
  order: ReviewOrder,
  wanted: Wanted,
): Promise<FoundItem[]> {
  const { orderBy, key } = ways[order];
  // Joined otherwise, the items might be gone through once for every row of the table.
  const { rows } = await sql<FoundItem>`
    SELECT row.id, row.key FROM (${items}) AS c CROSS JOIN LATERAL (
      SELECT f.id, ${key} AS key FROM rlhf_feedback f WHERE f.id = c.id AND ${every(conditions)}
      OFFSET 0 ${locked(wanted)}) AS row
    ORDER BY ${orderBy('c')} LIMIT ${wanted.limit}`.execute(db);
  return rows;
}

function inOrder(selection: Selection, order: ReviewOrder, { after }: Wanted, limit: number) {
  const { orderBy, columns, beyond } = ways[order];
  const conditions = filterConditions(selection).map(({ condition }) => condition);
  return sql`SELECT ${columns} FROM rlhf_feedback f
    WHERE ${every([...conditions, ...(after === null ? [] : [beyond(after)])])}
    ORDER BY ${orderBy('f')} LIMIT ${limit}`;
}

/** Goes through the index of the order alone; a row is read only where that and the hash of hits say yes. */
async function byIndex(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  wanted: Wanted,
): Promise<FoundItem[]> {
  const { after, and = [] } = wanted;
  const { orderBy, columns, beyond } = ways[order];
  const { inIndex, inRow } = split(selection, order);
  const items = sql`SELECT ${columns} FROM rlhf_feedback f
    WHERE ${every([...inIndex, ...(after === null ? [] : [beyond(after)])])}
    ORDER BY ${orderBy('f')} OFFSET 0`;
  return passing(db, items, [...queueOf(selection), ...inRow, ...and], order, wanted);
}

/** What the index of an order answers, with the hash of all hits that are gathered, and what needs the row. */
function split(selection: Selection, order: ReviewOrder): { inIndex: Condition[]; inRow: Condition[] } {
  const { covers } = ways[order];
  const inIndex: Condition[] = [];
  const inRow: Condition[] = [];
  for (const { place, condition } of filterConditions(selection)) {
    (place === 'every index' || place === covers ? inIndex : inRow).push(condition);
  }
  const gathered = selection.hits.every(({ reach }) => reach === 'most') ? 'most' : 'many';
  for (const hits of selection.hits) {
    if (hits.reach === gathered) inIndex.push(isHashed(hits));
    else inRow.push(isHit(hits));
  }
  return { inIndex, inRow };
}
