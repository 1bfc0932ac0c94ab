import type { ExportFormat } from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { chosenIdsOf, type DatasetRow } from '../datasets/dataset-store.ts';
import { snapshotOf } from '../datasets/frozen-dataset.ts';
import { authorsOf } from './authors.ts';
import { type RenderedSplit, renderInWorker } from './render-in-worker.ts';

/** What a caller wants of a data set. */
export interface Wanted {
  readonly format: ExportFormat;
  readonly split: 'all' | 'train' | 'validation';
  readonly mask_pii: boolean;
}

/**
 * A data set in a format, as bytes and with its first rows.
 * @throws AttuneError `dataset_not_ready` or `artifact_not_found`
 */
export async function renderedDataset(
  curate: Curate,
  { organization, ...dataset }: DatasetRow,
  { format, split, mask_pii: mask }: Wanted,
  first: number,
): Promise<RenderedSplit> {
  const { bytes: snapshot } = await snapshotOf(curate, { organization, ...dataset });
  const named = format === 'ratings' ? await chosenIdsOf(curate.db, organization, dataset.id) : null;
  const authors = await authorsOf(curate, organization, named?.feedback_ids ?? [], mask);
  return renderInWorker({ snapshot, format, split, mask, authors, first }, curate.stopping);
}
