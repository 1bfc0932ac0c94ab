import type { DatasetQuery } from '@attune/contracts';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Curate } from '../curate.ts';
import { since } from '../datasets/feedback-match.ts';

/** Ids of the pairs in no data set that a query asks for, oldest first, up to `most`. */
export async function freePairIds(
  { db, clock }: Curate,
  organization: string,
  query: DatasetQuery,
  most: number,
): Promise<string[]> {
  if (query.pairs === null) return [];
  const rows = await db
    .selectFrom('preference_pairs')
    .select('id')
    .where('organization', '=', organization)
    .where('dataset_id', 'is', null)
    .where((eb) => eb.and(conditions(query, clock.now())))
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

function conditions(query: DatasetQuery, now: Date): Expression<SqlBool>[] {
  const { methods = [], min_strength = 0 } = query.pairs ?? {};
  const after = since(query, now);
  const all: (Expression<SqlBool> | false)[] = [
    methods.length > 0 && sql<SqlBool>`method = ANY(${[...methods]}::text[])`,
    min_strength > 0 && sql<SqlBool>`preference_strength >= ${min_strength}::real`,
    query.annotator !== undefined && sql<SqlBool>`annotator_email = ${query.annotator}`,
    after !== null && sql<SqlBool>`created_at >= ${after}`,
    query.before !== undefined && sql<SqlBool>`created_at < ${new Date(query.before)}`,
  ];
  return all.filter((condition) => condition !== false);
}
