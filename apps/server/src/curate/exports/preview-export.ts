import type { previewExport as declared, RequestOf, ResponseOf } from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { findDataset } from '../datasets/datasets.ts';
import { exportFacts } from './export-facts.ts';
import { fileNameOf } from './export-file-name.ts';
import { renderedDataset } from './rendered-dataset.ts';

/**
 * The first rows of an export and its checks; nothing is written.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready` or `artifact_not_found`
 */
export async function previewExport(
  curate: Curate,
  organization: string,
  idOrName: string,
  { first, ...wanted }: RequestOf<typeof declared>['body'],
): Promise<ResponseOf<typeof declared>> {
  const dataset = await findDataset(curate, organization, idOrName);
  const rendered = await renderedDataset(curate, dataset, wanted, first);
  const place = {
    url: `/api/training-datasets/${dataset.id}/exports/SHA256`,
    fileName: fileNameOf(dataset.name, wanted, 'preview'),
  };
  return { ...exportFacts(rendered, wanted, place), first: rendered.first };
}
