import type { DatasetQuery } from '@attune/contracts';
import { type Expression, type SqlBool, sql } from 'kysely';
import { batches } from '../batches.ts';
import type { Curate } from '../curate.ts';
import { since } from '../datasets/feedback-match.ts';
import type { TrainableFeedback } from '../trainable.ts';
import { questionHash } from './question-hash.ts';

/** Feedback whose pairs are looked for by one statement. */
const FEEDBACK_AT_ONCE = 5000;

/**
 * Ids of the pairs in no data set that a query asks for, oldest first, up to `most`. Pairs of the matching feedback
 * follow `feedback`, the ones that the query takes.
 */
export async function freePairIds(
  curate: Curate,
  organization: string,
  query: DatasetQuery,
  feedback: readonly TrainableFeedback[],
  most: number,
): Promise<string[]> {
  if (query.pairs === null) return [];
  const wanted = wantedPairs(query.pairs);
  if (query.pairs.of === 'any') {
    const conditions = [...wanted, ...writtenWithin(query, curate.clock.now())];
    return await freeIds(curate, organization, conditions, most);
  }
  const ids = new Set<string>();
  for (const batch of batches(feedback, FEEDBACK_AT_ONCE)) {
    for (const id of await freeIds(curate, organization, [...wanted, follows(batch)], most)) ids.add(id);
  }
  return [...ids].sort().slice(0, most);
}

/** How many free pairs have the methods and the strength of a query, whatever they are about; counted up to `most`. */
export async function countFreePairs(
  curate: Curate,
  organization: string,
  { pairs }: DatasetQuery,
  most: number,
): Promise<number> {
  if (pairs === null) return 0;
  return (await freeIds(curate, organization, wantedPairs(pairs), most)).length;
}

async function freeIds(
  { db }: Curate,
  organization: string,
  conditions: Expression<SqlBool>[],
  most: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('preference_pairs')
    .select('id')
    .where('organization', '=', organization)
    .where('dataset_id', 'is', null)
    .where((eb) => eb.and(conditions))
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

function wantedPairs({ methods, min_strength }: NonNullable<DatasetQuery['pairs']>): Expression<SqlBool>[] {
  const all: (Expression<SqlBool> | false)[] = [
    methods.length > 0 && sql<SqlBool>`method = ANY(${[...methods]}::text[])`,
    min_strength > 0 && sql<SqlBool>`preference_strength >= ${min_strength}::real`,
  ];
  return all.filter((condition) => condition !== false);
}

function writtenWithin(query: DatasetQuery, now: Date): Expression<SqlBool>[] {
  const after = since(query, now);
  const all: (Expression<SqlBool> | false)[] = [
    query.annotator !== undefined && sql<SqlBool>`annotator_email = ${query.annotator}`,
    after !== null && sql<SqlBool>`created_at >= ${after}`,
    query.before !== undefined && sql<SqlBool>`created_at < ${new Date(query.before)}`,
  ];
  return all.filter((condition) => condition !== false);
}

/** Made of one of these feedbacks, or on one of their questions after the same turns. */
function follows(feedback: readonly TrainableFeedback[]): Expression<SqlBool> {
  const ids = feedback.map(({ id }) => id);
  const questions = [
    ...new Map(feedback.map((row) => [JSON.stringify([row.query, row.context]), row])).values(),
  ];
  const queries = questions.map(({ query }) => query);
  const contexts = questions.map(({ context }) => context);
  return sql<SqlBool>`(source_feedback_ids && ${ids}::uuid[]
    OR (query_hash = ANY(ARRAY(SELECT ${questionHash(sql<string>`query`)} FROM unnest(${queries}::text[]) AS query))
      AND (query_hash, ${questionHash(sql<string>`query_context`)}) IN (
        SELECT ${questionHash(sql<string>`asked.query`)}, ${questionHash(sql<string>`asked.context`)}
        FROM unnest(${queries}::text[], ${contexts}::text[]) AS asked (query, context))))`;
}
