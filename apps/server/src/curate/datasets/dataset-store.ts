import type { DatasetStatus, DatasetType } from '@attune/contracts';
import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';

type Db = Kysely<Tables>;

/** Everything of a data set but its feedback ids, which can be a hundred thousand. */
const columns = [
  'id',
  'organization',
  'name',
  'version',
  'description',
  'dataset_type',
  'status',
  'query',
  'sample_count',
  'pair_count',
  'quality_score',
  'export_format',
  'export_url',
  'content_hash',
  'report',
  'curator_email',
  'created_at',
  'updated_at',
] as const;

export type DatasetRow = Pick<Selectable<Tables['training_datasets']>, (typeof columns)[number]>;
type DatasetChange = Updateable<Tables['training_datasets']>;

export function insertDataset(db: Db, row: Insertable<Tables['training_datasets']>): Promise<DatasetRow> {
  return db.insertInto('training_datasets').values(row).returning(columns).executeTakeFirstOrThrow();
}

export async function datasetById(db: Db, organization: string, id: string): Promise<DatasetRow | null> {
  const row = await db
    .selectFrom('training_datasets')
    .select(columns)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The newest of that name that is not archived. */
export async function datasetByName(db: Db, organization: string, name: string): Promise<DatasetRow | null> {
  const row = await db
    .selectFrom('training_datasets')
    .select(columns)
    .where('organization', '=', organization)
    .where('name', '=', name)
    .where('status', '!=', 'archived')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export interface DatasetFilter {
  readonly organization: string;
  readonly status?: DatasetStatus | undefined;
  readonly datasetType?: DatasetType | undefined;
  /** Part of the name, whatever its case. */
  readonly namePart?: string | undefined;
  /** The whole name. */
  readonly name?: string | undefined;
  readonly withArchived: boolean;
  /** Only ids before this one. */
  readonly before: string | null;
  readonly limit: number;
}

/** Newest first. */
export function listDatasetRows(db: Db, filter: DatasetFilter): Promise<DatasetRow[]> {
  const { status, datasetType, namePart, name, before } = filter;
  return db
    .selectFrom('training_datasets')
    .select(columns)
    .where('organization', '=', filter.organization)
    .$if(status !== undefined, (query) => query.where('status', '=', status!))
    .$if(datasetType !== undefined, (query) => query.where('dataset_type', '=', datasetType!))
    .$if(name !== undefined, (query) => query.where('name', '=', name!))
    .$if(namePart !== undefined, (query) =>
      query.where(sql<boolean>`position(lower(${namePart}) in lower(name)) > 0`),
    )
    .$if(!filter.withArchived, (query) => query.where('status', '<>', 'archived'))
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
}

export async function feedbackIdsOf(db: Db, organization: string, id: string): Promise<string[]> {
  return (await chosenIdsOf(db, organization, id)).feedback_ids;
}

/** The feedback and pairs that are to go into a draft. */
export interface ChosenIds {
  readonly feedback_ids: string[];
  readonly pair_ids: string[];
}

/** @param lock keeps others from changing the data set until the transaction ends. */
export async function chosenIdsOf(
  db: Db,
  organization: string,
  id: string,
  lock?: 'for update',
): Promise<ChosenIds> {
  const row = await db
    .selectFrom('training_datasets')
    .select(['feedback_ids', 'pair_ids'])
    .where('organization', '=', organization)
    .where('id', '=', id)
    .$if(lock !== undefined, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? { feedback_ids: [], pair_ids: [] };
}

/** Changes a data set while it is in one of the `from` states; null when it is not. */
export async function changeDataset(
  db: Db,
  key: { organization: string; id: string; from: readonly DatasetStatus[] },
  change: DatasetChange,
): Promise<DatasetRow | null> {
  const row = await db
    .updateTable('training_datasets')
    .set(change)
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .where('status', 'in', key.from)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** The state that an archived data set had; null where that wasn't kept. */
export async function statusBeforeArchive(
  db: Db,
  organization: string,
  id: string,
): Promise<DatasetStatus | null> {
  const row = await db
    .selectFrom('training_datasets')
    .select('archived_from')
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.archived_from ?? null;
}

/** Ids of the data sets that have a snapshot. */
export async function frozenDatasetIds(db: Db, organization: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('training_datasets')
    .select('id')
    .where('organization', '=', organization)
    .where('content_hash', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}
