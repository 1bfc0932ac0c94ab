import {
  AttuneError,
  type createDataset,
  type Dataset,
  type listDatasets,
  type listDatasetVersions,
  type RequestOf,
} from '@attune/contracts';
import { storable } from '../../platform/db/storable.ts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { Actor, Curate } from '../curate.ts';
import {
  type DatasetRow,
  datasetById,
  datasetByName,
  insertDataset,
  listDatasetRows,
} from './dataset-store.ts';
import { draftContent } from './draft-content.ts';

/** A data set as callers see it. */
export function toDataset({ organization: _, ...row }: DatasetRow): Dataset {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}

/**
 * Starts a draft from chosen or matching feedback.
 * @throws AttuneError `feedback_not_found` or `too_much_feedback`
 */
export async function draftDataset(
  curate: Curate,
  actor: Actor,
  input: RequestOf<typeof createDataset>['body'],
): Promise<Dataset> {
  const now = curate.clock.now();
  const row = await insertDataset(curate.db, {
    id: newId(),
    organization: actor.organization,
    name: input.name,
    description: input.description,
    dataset_type: input.dataset_type,
    status: 'draft',
    ...(await draftContent(curate, actor, input)),
    curator_email: actor.email,
    created_at: now,
    updated_at: now,
  });
  return toDataset(row);
}

/**
 * A page of data sets, newest first.
 * @throws AttuneError `invalid_cursor`
 */
export async function datasetPage(
  { db }: Curate,
  organization: string,
  query: RequestOf<typeof listDatasets>['query'],
) {
  const rows = await listDatasetRows(db, {
    organization,
    status: query.status,
    datasetType: query.dataset_type,
    namePart: query.q === undefined ? undefined : storable(query.q),
    withArchived: query.archived === 'true',
    before: query.cursor === undefined ? null : decodeId(query.cursor),
    limit: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => [row.id], toDataset);
}

/**
 * Every version of a data set's name, newest first.
 * @throws AttuneError `dataset_not_found` or `invalid_cursor`
 */
export async function versionPage(
  curate: Curate,
  organization: string,
  id: string,
  query: RequestOf<typeof listDatasetVersions>['query'],
) {
  const { name } = await findDatasetById(curate, organization, id);
  const rows = await listDatasetRows(curate.db, {
    organization,
    name,
    withArchived: true,
    before: query.cursor === undefined ? null : decodeId(query.cursor),
    limit: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => [row.id], toDataset);
}

/** A data set by id, or the newest of a name that is not archived; null when there is none. */
export async function lookUpDataset(
  { db }: Curate,
  organization: string,
  idOrName: string,
): Promise<DatasetRow | null> {
  const byId = isId(idOrName) ? await datasetById(db, organization, idOrName) : null;
  return byId ?? (await datasetByName(db, organization, storable(idOrName)));
}

/** @throws AttuneError `dataset_not_found` */
export async function findDataset(
  curate: Curate,
  organization: string,
  idOrName: string,
): Promise<DatasetRow> {
  const row = await lookUpDataset(curate, organization, idOrName);
  if (row === null) throw new AttuneError('dataset_not_found');
  return row;
}

/** @throws AttuneError `dataset_not_found` */
export async function findDatasetById({ db }: Curate, organization: string, id: string): Promise<DatasetRow> {
  const row = await datasetById(db, organization, id);
  if (row === null) throw new AttuneError('dataset_not_found');
  return row;
}
