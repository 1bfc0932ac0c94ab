import type { OutcomeKind } from '@attune/contracts';
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Sql } from '../sql.ts';

export type OutcomeRow = Selectable<Tables['outcomes']>;
export type ListedOutcome = OutcomeRow & { position: string };

export async function insertOutcome(db: Sql, row: OutcomeRow): Promise<void> {
  await db.insertInto('outcomes').values(row).execute();
}

export interface OutcomeFilter {
  readonly kind?: OutcomeKind | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Where a page ended; microseconds matter, so the time travels as text. */
export interface OutcomePosition {
  readonly at: string;
  readonly id: string;
}

/** Outcomes of an organisation, newest first, one more than `limit`. */
export function listOutcomes(
  db: Sql,
  organization: string,
  filter: OutcomeFilter,
  beyond: OutcomePosition | null,
): Promise<ListedOutcome[]> {
  return db
    .selectFrom('outcomes')
    .selectAll()
    .select(
      sql<string>`to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('position'),
    )
    .where('organization', '=', organization)
    .where((eb) => eb.and([...matching(filter), ...beyondPosition(beyond)]))
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

function matching({ kind, after, before }: OutcomeFilter): Expression<SqlBool>[] {
  return [
    ...(kind === undefined ? [] : [sql<SqlBool>`kind = ${kind}`]),
    ...(after === undefined ? [] : [sql<SqlBool>`occurred_at >= ${new Date(after)}`]),
    ...(before === undefined ? [] : [sql<SqlBool>`occurred_at < ${new Date(before)}`]),
  ];
}

function beyondPosition(position: OutcomePosition | null): Expression<SqlBool>[] {
  if (position === null) return [];
  return [sql<SqlBool>`(occurred_at, id) < (${position.at}::timestamptz, ${position.id}::uuid)`];
}
