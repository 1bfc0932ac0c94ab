import type { PairMethod } from '@attune/contracts';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { batches } from './batches.ts';

type Db = Kysely<Tables>;

const columns = [
  'id',
  'dataset_id',
  'query',
  'chosen_response',
  'rejected_response',
  'preference_strength',
  'annotator_email',
  'annotation_notes',
  'method',
  'source_feedback_ids',
  'created_at',
] as const;

export type PairRow = Pick<Selectable<Tables['preference_pairs']>, (typeof columns)[number]>;
export type NewPair = Insertable<Tables['preference_pairs']>;

/** Rows per statement: far below the 65,535 parameters a statement may have. */
const ROWS_PER_INSERT = 500;

export async function insertPairs(db: Db, pairs: readonly NewPair[]): Promise<void> {
  for (const batch of batches(pairs, ROWS_PER_INSERT)) {
    await db.insertInto('preference_pairs').values(batch).execute();
  }
}

/** Inserts the pairs whose import key is new and gives those back, in no particular order. */
export async function insertNewPairs(db: Db, pairs: readonly NewPair[]): Promise<PairRow[]> {
  const inserted: PairRow[] = [];
  for (const batch of batches(pairs, ROWS_PER_INSERT)) {
    const rows = await db
      .insertInto('preference_pairs')
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(['organization', 'import_key']).where('import_key', 'is not', null).doNothing(),
      )
      .returning(columns)
      .execute();
    inserted.push(...rows);
  }
  return inserted;
}

export async function pairById(db: Db, organization: string, id: string): Promise<PairRow | null> {
  const row = await db
    .selectFrom('preference_pairs')
    .select(columns)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export interface PairFilter {
  readonly organization: string;
  readonly datasetId?: string | undefined;
  readonly method?: PairMethod | undefined;
  /** Only ids before this one. */
  readonly before: string | null;
  readonly limit: number;
}

/** Newest first. */
export function listPairRows(db: Db, filter: PairFilter): Promise<PairRow[]> {
  const { datasetId, method, before } = filter;
  return db
    .selectFrom('preference_pairs')
    .select(columns)
    .where('organization', '=', filter.organization)
    .$if(datasetId !== undefined, (query) => query.where('dataset_id', '=', datasetId!))
    .$if(method !== undefined, (query) => query.where('method', '=', method!))
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
}

/** Changes a pair that is in no data set; null when there is none such. */
export async function changeFreePair(
  db: Db,
  organization: string,
  id: string,
  change: Updateable<Tables['preference_pairs']>,
): Promise<PairRow | null> {
  const row = await db
    .updateTable('preference_pairs')
    .set(change)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('dataset_id', 'is', null)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** Deletes a pair that is in no data set; false when there is none such. */
export async function deleteFreePair(db: Db, organization: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('preference_pairs')
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('dataset_id', 'is', null)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** A page of the pairs that are in no data set, oldest first. */
export function freePairs(
  db: Db,
  organization: string,
  after: string | null,
  limit: number,
): Promise<PairRow[]> {
  return db
    .selectFrom('preference_pairs')
    .select(columns)
    .where('organization', '=', organization)
    .where('dataset_id', 'is', null)
    .$if(after !== null, (query) => query.where('id', '>', after))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Puts free pairs into a data set and gives them back as they now stand; pairs taken by others are missing. */
export async function claimPairs(
  db: Db,
  organization: string,
  ids: readonly string[],
  datasetId: string,
): Promise<PairRow[]> {
  const claimed: PairRow[] = [];
  for (const batch of batches(ids, 5000)) {
    const rows = await db
      .updateTable('preference_pairs')
      .set({ dataset_id: datasetId })
      .where('organization', '=', organization)
      .where('id', 'in', batch)
      .where('dataset_id', 'is', null)
      .returning(columns)
      .execute();
    claimed.push(...rows);
  }
  return claimed;
}
