import { AttuneError, type SnapshotPair, type SnapshotRating } from '@attune/contracts';
import { BlobDamaged } from '../../platform/blobs/blobs.ts';
import type { Curate } from '../curate.ts';
import type { DatasetRow } from './dataset-store.ts';
import { lookUpDataset } from './datasets.ts';
import { readSnapshot } from './read-snapshot.ts';

/** A frozen data set with all its rows. */
export interface FrozenDataset {
  readonly id: string;
  readonly name: string;
  readonly contentHash: string;
  readonly ratings: SnapshotRating[];
  readonly pairs: SnapshotPair[];
}

/**
 * Opens a frozen data set by id or name; null when there is none.
 * @throws AttuneError `dataset_not_ready` when it is not frozen, `artifact_not_found` when its snapshot is gone,
 *   `dataset_damaged` when it is not what was frozen
 */
export async function openDataset(
  curate: Curate,
  organization: string,
  idOrName: string,
): Promise<FrozenDataset | null> {
  const row = await lookUpDataset(curate, organization, idOrName);
  if (row === null) return null;
  const { bytes, hash } = await snapshotOf(curate, row);
  return { id: row.id, name: row.name, contentHash: hash, ...(await readSnapshot(bytes)) };
}

/** A frozen data set byte by byte: JSON Lines whose SHA-256 is the content hash. */
export interface DatasetSnapshot {
  readonly id: string;
  readonly name: string;
  readonly contentHash: string;
  readonly bytes: Uint8Array;
}

/**
 * The bytes of a frozen data set by id or name; null when there is none.
 * @throws AttuneError as `openDataset`
 */
export async function openSnapshot(
  curate: Curate,
  organization: string,
  idOrName: string,
): Promise<DatasetSnapshot | null> {
  const row = await lookUpDataset(curate, organization, idOrName);
  if (row === null) return null;
  const { bytes, hash } = await snapshotOf(curate, row);
  return { id: row.id, name: row.name, contentHash: hash, bytes };
}

/**
 * The snapshot of a data set, as it was frozen: the blobs check its hash.
 * @throws AttuneError `dataset_not_ready`, `artifact_not_found`, or `dataset_damaged` when the stored bytes have changed
 */
export async function snapshotOf(
  { blobs }: Curate,
  row: DatasetRow,
): Promise<{ bytes: Uint8Array; hash: string }> {
  const hash = row.content_hash;
  if (hash === null) throw new AttuneError('dataset_not_ready');
  try {
    const bytes = await blobs.get(hash);
    if (bytes === undefined) throw new AttuneError('artifact_not_found');
    return { bytes, hash };
  } catch (error) {
    if (!(error instanceof BlobDamaged)) throw error;
    const message = `The stored rows of the data set ${row.name} are damaged: the file ${hash} is not what was frozen.`;
    throw new AttuneError('dataset_damaged', { message }, { cause: error });
  }
}
