import type { ExportFormat } from '@attune/contracts';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';

type Db = Kysely<Tables>;
export type ExportRow = Selectable<Tables['dataset_exports']>;

export interface NewExport {
  readonly organization: string;
  readonly dataset_id: string;
  readonly sha256: string;
  readonly format: ExportFormat;
  readonly split: 'all' | 'train' | 'validation';
  readonly masked: boolean;
  readonly file_name: string;
  readonly rows: number;
}

/** The same bytes in the same format are one export; a later one renews its file name. */
export async function insertExport(db: Db, row: NewExport): Promise<void> {
  await db
    .insertInto('dataset_exports')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['dataset_id', 'sha256', 'format']).doUpdateSet({ file_name: row.file_name }),
    )
    .execute();
}

export async function exportBySha256(
  db: Db,
  organization: string,
  datasetId: string,
  sha256: string,
): Promise<ExportRow | null> {
  const row = await db
    .selectFrom('dataset_exports')
    .selectAll()
    .where('organization', '=', organization)
    .where('dataset_id', '=', datasetId)
    .where('sha256', '=', sha256)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Where a page ends; microseconds matter, so the time travels as text. */
export interface ExportPosition {
  readonly createdAt: string;
  readonly id: string;
}

export type ListedExport = ExportRow & { position: string };

/** Up to `limit` exports of a data set, newest first. */
export function listExportRows(
  db: Db,
  organization: string,
  datasetId: string,
  after: ExportPosition | null,
  limit: number,
): Promise<ListedExport[]> {
  return db
    .selectFrom('dataset_exports')
    .selectAll()
    .select(
      sql<string>`to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('position'),
    )
    .where('organization', '=', organization)
    .where('dataset_id', '=', datasetId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after?.createdAt}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
