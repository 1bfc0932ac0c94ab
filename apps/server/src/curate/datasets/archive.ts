import type { Dataset, DatasetStatus } from '@attune/contracts';
import type { Actor, Curate } from '../curate.ts';
import { changeDataset, statusBeforeArchive } from './dataset-store.ts';
import { findDatasetById, toDataset } from './datasets.ts';

const live: readonly DatasetStatus[] = ['draft', 'curating', 'ready', 'exported'];

/**
 * Archives a data set; a snapshot and what was made from it stay. Archiving twice changes nothing.
 * @throws AttuneError `dataset_not_found`
 */
export async function archive(curate: Curate, actor: Actor, id: string): Promise<Dataset> {
  const { organization } = actor;
  const { status } = await findDatasetById(curate, organization, id);
  const change = { status: 'archived' as const, archived_from: status, updated_at: curate.clock.now() };
  const archived = await changeDataset(curate.db, { organization, id, from: live }, change);
  if (archived !== null) await record(curate, actor, id, 'dataset.archived');
  return toDataset(archived ?? (await findDatasetById(curate, organization, id)));
}

/**
 * Takes a data set out of the archive, in the state it had. One that isn't archived stays as it is.
 * @throws AttuneError `dataset_not_found`
 */
export async function unarchive(curate: Curate, actor: Actor, id: string): Promise<Dataset> {
  const { organization } = actor;
  const { content_hash } = await findDatasetById(curate, organization, id);
  // Archived before the state was kept: frozen sets have a hash.
  const before = await statusBeforeArchive(curate.db, organization, id);
  const status = before ?? (content_hash === null ? 'draft' : 'ready');
  const change = { status, archived_from: null, updated_at: curate.clock.now() };
  const back = await changeDataset(curate.db, { organization, id, from: ['archived'] }, change);
  if (back !== null) await record(curate, actor, id, 'dataset.unarchived');
  return toDataset(back ?? (await findDatasetById(curate, organization, id)));
}

async function record({ audit }: Curate, actor: Actor, id: string, action: string): Promise<void> {
  const { organization, principal } = actor;
  await audit.record({ organization, actor: principal, action, subject: `dataset:${id}` });
}
