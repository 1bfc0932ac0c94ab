import {
  AttuneError,
  type createDataset,
  type Dataset,
  type listDatasets,
  type RequestOf,
} from '@attune/contracts';
import { toPage } from '../platform/http/page.ts';
import { isId, newId } from '../platform/ids.ts';
import type { Actor, Curate } from './curate.ts';
import {
  changeDataset,
  type DatasetRow,
  datasetById,
  datasetByName,
  insertDataset,
  listDatasetRows,
} from './dataset-store.ts';
import { knownFeedbackIds } from './known-feedback.ts';
import { cursorId } from './pairs.ts';
import { storable } from './storable.ts';

/** A data set as callers see it. */
export function toDataset({ organization: _, ...row }: DatasetRow): Dataset {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}

/**
 * Starts a draft from chosen feedback.
 * @throws AttuneError `feedback_not_found`
 */
export async function draftDataset(
  curate: Curate,
  actor: Actor,
  input: RequestOf<typeof createDataset>['body'],
): Promise<Dataset> {
  const feedbackIds = await knownFeedbackIds(curate, actor.organization, input.feedback_ids);
  const now = curate.clock.now();
  const row = await insertDataset(curate.db, {
    id: newId(),
    organization: actor.organization,
    name: input.name,
    description: input.description,
    dataset_type: input.dataset_type,
    status: 'draft',
    feedback_ids: feedbackIds,
    sample_count: feedbackIds.length,
    pair_count: 0,
    curator_email: actor.email,
    created_at: now,
    updated_at: now,
  });
  return toDataset(row);
}

/** A page of data sets, newest first. */
export async function datasetPage(
  { db }: Curate,
  organization: string,
  query: RequestOf<typeof listDatasets>['query'],
) {
  const rows = await listDatasetRows(db, {
    organization,
    status: query.status,
    datasetType: query.dataset_type,
    before: cursorId(query.cursor),
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

/**
 * Archives a data set; a snapshot and what was made from it stay. Archiving twice changes nothing.
 * @throws AttuneError `dataset_not_found`
 */
export async function archive(curate: Curate, actor: Actor, id: string): Promise<Dataset> {
  const { organization } = actor;
  const row = await findDatasetById(curate, organization, id);
  const from = ['draft', 'curating', 'ready', 'exported'] as const;
  const change = { status: 'archived' as const, updated_at: curate.clock.now() };
  const archived = await changeDataset(curate.db, { organization, id, from }, change);
  if (archived === null) return toDataset(row);
  await curate.audit.record({
    organization,
    actor: actor.principal,
    action: 'dataset.archived',
    subject: `dataset:${id}`,
  });
  return toDataset(archived);
}

/** @throws AttuneError `dataset_not_found` */
export async function findDatasetById({ db }: Curate, organization: string, id: string): Promise<DatasetRow> {
  const row = await datasetById(db, organization, id);
  if (row === null) throw new AttuneError('dataset_not_found');
  return row;
}
