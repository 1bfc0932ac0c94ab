import type { listPairs, RequestOf } from '@attune/contracts';
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import { storable } from '../../platform/db/storable.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import type { Curate } from '../curate.ts';
import { type PairRow, pairColumns } from './pair-store.ts';
import { toPair } from './to-pair.ts';

type Filter = RequestOf<typeof listPairs>['query'];

/**
 * A page of pairs, newest first.
 * @throws AttuneError `invalid_cursor`
 */
export async function pairPage({ db }: Curate, organization: string, query: Filter) {
  const before = query.cursor === undefined ? null : decodeId(query.cursor);
  const rows = await listRows(db, organization, query, before);
  return toPage(rows, query.limit, (row) => [row.id], toPair);
}

function listRows(
  db: Kysely<Tables>,
  organization: string,
  filter: Filter,
  before: string | null,
): Promise<PairRow[]> {
  return db
    .selectFrom('preference_pairs')
    .select(pairColumns)
    .where('organization', '=', organization)
    .where((eb) => eb.and(conditions(storable(filter))))
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

function conditions({ dataset_id, free, method, annotator, min_strength, max_strength, q }: Filter) {
  const all: (Expression<SqlBool> | false)[] = [
    dataset_id !== undefined && sql<SqlBool>`dataset_id = ${dataset_id}`,
    free === 'true' && sql<SqlBool>`dataset_id IS NULL`,
    free === 'false' && sql<SqlBool>`dataset_id IS NOT NULL`,
    method !== undefined && sql<SqlBool>`method = ${method}`,
    annotator !== undefined && sql<SqlBool>`annotator_email = ${annotator}`,
    min_strength !== undefined && sql<SqlBool>`preference_strength >= ${min_strength}::real`,
    max_strength !== undefined && sql<SqlBool>`preference_strength <= ${max_strength}::real`,
    (q ?? '').trim() !== '' && sql<SqlBool>`words @@ websearch_to_tsquery('simple', ${q})`,
  ];
  return all.filter((condition) => condition !== false);
}
