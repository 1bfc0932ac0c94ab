import { AttuneError } from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { findDatasetById } from '../datasets/datasets.ts';
import { fileTypeOf } from './export-file-type.ts';
import { exportBySha256 } from './export-store.ts';

/**
 * An export as a download.
 * @throws AttuneError `dataset_not_found` or `artifact_not_found`
 */
export async function download(
  curate: Curate,
  organization: string,
  datasetId: string,
  sha256: string,
): Promise<Response> {
  await findDatasetById(curate, organization, datasetId);
  const row = await exportBySha256(curate.db, organization, datasetId, sha256);
  const bytes = row === null ? undefined : await curate.blobs.get(sha256);
  if (row === null || bytes === undefined) throw new AttuneError('artifact_not_found');
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': fileTypeOf(row.format).contentType,
      'content-length': String(bytes.byteLength),
      'content-disposition': `attachment; filename="${row.file_name}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
}
