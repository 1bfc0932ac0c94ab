import { AttuneError, type exportDataset as declared, type ResponseOf } from '@attune/contracts';
import type { Actor, Curate } from '../curate.ts';
import { changeDataset, type DatasetRow } from '../datasets/dataset-store.ts';
import { findDataset } from '../datasets/datasets.ts';
import { exportFacts } from './export-facts.ts';
import { fileNameOf } from './export-file-name.ts';
import { insertExport } from './export-store.ts';
import { renderedDataset, type Wanted } from './rendered-dataset.ts';

type Exported = ResponseOf<typeof declared>;

/**
 * Writes a frozen data set in a training format, ready for download.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready`, `artifact_not_found`, or `not_enough_data` when nothing
 * fits the format
 */
export async function exportDataset(
  curate: Curate,
  actor: Actor,
  idOrName: string,
  wanted: Wanted,
): Promise<Exported> {
  const dataset = await findDataset(curate, actor.organization, idOrName);
  const rendered = await renderedDataset(curate, dataset, wanted, 0);
  if (rendered.rows === 0) throw nothingFits(dataset, wanted);
  const sha256 = await curate.blobs.put(rendered.bytes);
  const fileName = fileNameOf(dataset.name, wanted, sha256);
  const url = `/api/training-datasets/${dataset.id}/exports/${sha256}`;
  const made = { rows: rendered.rows, sha256, url, file_name: fileName };
  await remember(curate, dataset, wanted, made);
  await recordExport(curate, actor, dataset, { ...wanted, sha256, masked: rendered.pii.found });
  return { ...exportFacts(rendered, wanted, { url, fileName }), ...made };
}

function nothingFits({ sample_count, pair_count }: DatasetRow, { format }: Wanted): AttuneError {
  return new AttuneError('not_enough_data', {
    message: `Nothing in this data set (${sample_count} samples, ${pair_count} pairs) can be written as ${format}.`,
  });
}

async function remember(
  curate: Curate,
  { organization, id }: DatasetRow,
  { format, split, mask_pii }: Wanted,
  { url, ...made }: Pick<Exported, 'rows' | 'sha256' | 'url' | 'file_name'>,
): Promise<void> {
  await curate.db.transaction().execute(async (transaction) => {
    await insertExport(transaction, {
      organization,
      dataset_id: id,
      format,
      split,
      masked: mask_pii,
      ...made,
    });
    await changeDataset(
      transaction,
      { organization, id, from: ['ready', 'exported'] },
      { status: 'exported', export_format: format, export_url: url, updated_at: curate.clock.now() },
    );
  });
}

async function recordExport(
  curate: Curate,
  actor: Actor,
  dataset: DatasetRow,
  { format, split, mask_pii, sha256, masked }: Wanted & { sha256: string; masked: number },
): Promise<void> {
  await curate.audit.record({
    organization: actor.organization,
    actor: actor.principal,
    action: 'dataset.exported',
    subject: `dataset:${dataset.id}`,
    details: { name: dataset.name, format, split, sha256, ...(mask_pii ? { masked } : { unmasked: masked }) },
  });
}
