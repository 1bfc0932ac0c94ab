import { AttuneError, type DatasetExport, type listExports, type RequestOf } from '@attune/contracts';
import { decodeCursor, toPage } from '../../platform/http/page.ts';
import { isId } from '../../platform/ids.ts';
import type { Curate } from '../curate.ts';
import { findDatasetById } from '../datasets/datasets.ts';
import { type ExportPosition, type ListedExport, listExportRows } from './export-store.ts';

/**
 * A page of a data set's exports, newest first.
 * @throws AttuneError `dataset_not_found` or `invalid_cursor`
 */
export async function exportPage(
  curate: Curate,
  organization: string,
  id: string,
  { cursor, limit }: RequestOf<typeof listExports>['query'],
) {
  await findDatasetById(curate, organization, id);
  const after = cursor === undefined ? null : positionIn(cursor);
  const rows = await listExportRows(curate.db, organization, id, after, limit + 1);
  return toPage(rows, limit, (row) => [row.position, row.id], toExport);
}

/** As the database writes it: anything else that looks like a time it may not read. */
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

function positionIn(cursor: string): ExportPosition {
  const [createdAt = '', id = ''] = decodeCursor(cursor, 2);
  const isTime = time.test(createdAt) && !Number.isNaN(Date.parse(createdAt));
  if (!isId(id) || !isTime) throw new AttuneError('invalid_cursor');
  return { createdAt, id };
}

function toExport({ id, dataset_id, created_at, ...row }: ListedExport): DatasetExport {
  const { format, split, masked, rows, sha256, file_name } = row;
  return {
    ...{ id, format, split, masked, rows, sha256, file_name },
    url: `/api/training-datasets/${dataset_id}/exports/${sha256}`,
    created_at: created_at.toISOString(),
  };
}
