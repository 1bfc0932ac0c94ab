import {
  AttuneError,
  type exportDataset as declared,
  type RequestOf,
  type ResponseOf,
} from '@attune/contracts';
import type { Actor, Curate } from './curate.ts';
import { changeDataset, type DatasetRow } from './dataset-store.ts';
import { findDataset } from './datasets.ts';
import { fileNameOf } from './export-file-name.ts';
import { insertExport } from './export-store.ts';
import { snapshotOf } from './frozen-dataset.ts';
import { renderInWorker } from './render-in-worker.ts';

type Wanted = RequestOf<typeof declared>['body'];
type Exported = ResponseOf<typeof declared>;

/**
 * Writes a frozen data set in a training format, ready for download.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready`, or `not_enough_data` when nothing fits the format
 */
export async function exportDataset(
  curate: Curate,
  actor: Actor,
  idOrName: string,
  wanted: Wanted,
): Promise<Exported> {
  const dataset = await findDataset(curate, actor.organization, idOrName);
  const { bytes: snapshot } = await snapshotOf(curate, dataset);
  const { bytes, rows } = await renderInWorker({ snapshot, ...wanted }, curate.stopping);
  if (rows === 0) {
    throw new AttuneError('not_enough_data', {
      message: `Nothing in this data set (${dataset.sample_count} rated answers, ${dataset.pair_count} pairs) can be written as ${wanted.format}.`,
    });
  }
  const sha256 = await curate.blobs.put(bytes);
  const fileName = fileNameOf(dataset.name, wanted, sha256);
  const url = `/api/training-datasets/${dataset.id}/exports/${sha256}`;
  await remember(curate, dataset, wanted, { rows, sha256, url, file_name: fileName });
  await recordExport(curate, actor, dataset, wanted, sha256);
  return { rows, sha256, url, file_name: fileName };
}

async function remember(curate: Curate, dataset: DatasetRow, wanted: Wanted, made: Exported): Promise<void> {
  const { organization, id } = dataset;
  const { rows, sha256, file_name } = made;
  const export_format = wanted.format;
  await curate.db.transaction().execute(async (transaction) => {
    await insertExport(transaction, {
      organization,
      dataset_id: id,
      sha256,
      format: export_format,
      file_name,
      rows,
    });
    await changeDataset(
      transaction,
      { organization, id, from: ['ready', 'exported'] },
      { status: 'exported', export_format, export_url: made.url, updated_at: curate.clock.now() },
    );
  });
}

async function recordExport(
  curate: Curate,
  actor: Actor,
  dataset: DatasetRow,
  { format, split }: Wanted,
  sha256: string,
): Promise<void> {
  await curate.audit.record({
    organization: actor.organization,
    actor: actor.principal,
    action: 'dataset.exported',
    subject: `dataset:${dataset.id}`,
    details: { name: dataset.name, format, split, sha256 },
  });
}
