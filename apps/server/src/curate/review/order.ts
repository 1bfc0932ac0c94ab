import { AttuneError, type ReviewOrder } from '@attune/contracts';
import { type RawBuilder, sql } from 'kysely';
import { decodeCursor } from '../../platform/http/page.ts';
import { isId } from '../../platform/ids.ts';
import type { Condition } from './condition.ts';
import type { Place } from './conditions.ts';

/** Where a page ends: the sort key of its last row, as text. */
export interface Position {
  readonly key: string;
  readonly id: string;
}

/** One way through the queue. */
interface Way {
  /** Of `rlhf_feedback AS f`, or of what `found` picked from it, as `c`. */
  orderBy(row: 'f' | 'c'): RawBuilder<unknown>;
  /** The columns that the order is made of. */
  readonly columns: RawBuilder<unknown>;
  /** What its index has besides what every index has. */
  readonly covers: Place;
  /** Sort key as text that loses nothing. */
  readonly key: RawBuilder<string>;
  readonly isKey: RegExp;
  beyond(after: Position): Condition;
}

const time = sql<string>`to_char(f.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const isTime = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;

/** The orders of the queue. Each has an index that begins with organisation and status. */
export const ways: Record<ReviewOrder, Way> = {
  newest: {
    orderBy: (row) => sql`${sql.ref(`${row}.created_at`)} DESC, ${sql.ref(`${row}.id`)} DESC`,
    columns: sql`f.id, f.created_at`,
    covers: 'created_at',
    key: time,
    isKey: isTime,
    beyond: ({ key, id }) => sql<boolean>`(f.created_at, f.id) < (${key}::timestamptz, ${id}::uuid)`,
  },
  oldest: {
    orderBy: (row) => sql`${sql.ref(`${row}.created_at`)}, ${sql.ref(`${row}.id`)}`,
    columns: sql`f.id, f.created_at`,
    covers: 'created_at',
    key: time,
    isKey: isTime,
    beyond: ({ key, id }) => sql<boolean>`(f.created_at, f.id) > (${key}::timestamptz, ${id}::uuid)`,
  },
  teaching: {
    orderBy: (row) => sql`${sql.ref(`${row}.review_priority`)} DESC, ${sql.ref(`${row}.id`)} DESC`,
    columns: sql`f.id, f.review_priority`,
    covers: 'review_disagreement',
    key: sql<string>`f.review_priority::text`,
    isKey: /^[0-9.e-]{1,20}$/,
    beyond: ({ key, id }) => sql<boolean>`(f.review_priority, f.id) < (${key}::real, ${id}::uuid)`,
  },
  // Everybody goes through the same shuffle; reservations keep them apart.
  random: {
    orderBy: (row) => (row === 'f' ? sql`md5(f.id::text)` : sql`c.place`),
    columns: sql`f.id, md5(f.id::text) AS place`,
    covers: 'review_disagreement',
    key: sql<string>`md5(f.id::text)`,
    isKey: /^[0-9a-f]{32}$/,
    beyond: ({ key }) => sql<boolean>`md5(f.id::text) > ${key}`,
  },
};

/**
 * Reads a cursor of one of the orders.
 * @throws AttuneError `invalid_cursor`, also for a cursor of another order
 */
export function positionOf(order: ReviewOrder, cursor: string): Position {
  const [name, key = '', id = ''] = decodeCursor(cursor, 3);
  const isNumber = order !== 'teaching' || Number.isFinite(Number(key));
  const isDay = ways[order].isKey !== isTime || isRealTime(key);
  if (name !== order || !ways[order].isKey.test(key) || !isId(id) || !isNumber || !isDay) {
    throw new AttuneError('invalid_cursor');
  }
  return { key, id };
}

/** JavaScript rolls the 31st of February over; PostgreSQL refuses it. */
function isRealTime(key: string): boolean {
  const at = new Date(key);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === key.slice(0, 10);
}
