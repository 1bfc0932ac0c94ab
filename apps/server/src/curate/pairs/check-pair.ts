import type { checkPair as declared, RequestOf, ResponseOf } from '@attune/contracts';
import { pairFindings } from '@attune/core';
import { sql } from 'kysely';
import type { Curate } from '../curate.ts';
import { questionHash } from './question-hash.ts';

/** Pairs on one question that a new one is compared with. */
const COMPARED = 200;

/**
 * What speaks against a pair that is being written. Questions, and what was said before them, are the same whatever
 * their case and spaces.
 */
export async function checkPair(
  { db }: Curate,
  organization: string,
  { pair_id, query_context, ...pair }: RequestOf<typeof declared>['body'],
): Promise<ResponseOf<typeof declared>> {
  const known = await db
    .selectFrom('preference_pairs')
    .select(['id', 'chosen_response', 'rejected_response'])
    .where('organization', '=', organization)
    .where('query_hash', '=', questionHash(pair.query))
    .where(questionHash(sql.ref('query_context')), '=', questionHash(query_context))
    .$if(pair_id !== undefined, (query) => query.where('id', '<>', pair_id ?? ''))
    .orderBy('id', 'desc')
    .limit(COMPARED)
    .execute();
  return { findings: pairFindings(pair, known) };
}
