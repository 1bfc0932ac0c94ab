import type { FeedbackFilter } from '@attune/contracts';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { FeedbackRow, Sql } from './feedback-row.ts';

export type Filter = Omit<z.output<typeof FeedbackFilter>, 'cursor'>;

/** Where a page ends: microseconds matter, so the time travels as text. */
export interface Position {
  readonly createdAt: string;
  readonly id: string;
}

export type ListedRow = FeedbackRow & { position: string };

/**
 * One row more than `limit`, to tell whether there are more. The page's ids are found first: for that, the filters'
 * columns stand in the indexes, and rows that do not pass need not be fetched.
 */
export function listFeedback(
  db: Sql,
  organization: string,
  filter: Filter,
  after: Position | null,
): Promise<ListedRow[]> {
  const direction = filter.order === 'newest' ? 'desc' : 'asc';
  const page = db
    .selectFrom('rlhf_feedback')
    .select('id')
    .where('organization', '=', organization)
    .where((eb) => eb.and([...equalities(filter), ...ranges(filter), ...beyond(filter, after)]))
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .limit(filter.limit + 1);
  return db
    .selectFrom('rlhf_feedback')
    .selectAll()
    .select(
      sql<string>`to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('position'),
    )
    .where('id', 'in', page)
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .execute();
}

const columns = [
  'status',
  'source',
  'feedback_type',
  'response_id',
  'session_id',
  'user_id',
  'policy',
] as const;

function equalities(filter: Filter): Expression<SqlBool>[] {
  return columns.flatMap((column) =>
    filter[column] === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${filter[column]}`],
  );
}

function ranges({ min_rating, max_rating, tag, reward_model, after, before }: Filter): Expression<SqlBool>[] {
  return [
    ...(min_rating === undefined ? [] : [sql<SqlBool>`rating_overall >= ${min_rating}::real`]),
    ...(max_rating === undefined ? [] : [sql<SqlBool>`rating_overall <= ${max_rating}::real`]),
    ...(tag === undefined ? [] : [sql<SqlBool>`tags @> ARRAY[${tag}]::text[]`]),
    ...(reward_model === undefined ? [] : [sql<SqlBool>`coalesce(reward_model, '') = ${reward_model}`]),
    ...(after === undefined ? [] : [sql<SqlBool>`created_at >= ${after}::timestamptz`]),
    ...(before === undefined ? [] : [sql<SqlBool>`created_at < ${before}::timestamptz`]),
  ];
}

function beyond({ order }: Filter, after: Position | null): Expression<SqlBool>[] {
  if (after === null) return [];
  const key = sql`(${after.createdAt}::timestamptz, ${after.id}::uuid)`;
  return [
    order === 'newest' ? sql<SqlBool>`(created_at, id) < ${key}` : sql<SqlBool>`(created_at, id) > ${key}`,
  ];
}
