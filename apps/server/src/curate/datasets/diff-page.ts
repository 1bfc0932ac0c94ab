import { AttuneError, type diffDatasets, type RequestOf, type ResponseOf } from '@attune/contracts';
import { decodeCursor, toPage } from '../../platform/http/page.ts';
import type { Curate } from '../curate.ts';
import { findDatasetById } from './datasets.ts';
import { diffInWorker } from './diff-in-worker.ts';
import { snapshotOf } from './frozen-dataset.ts';

/**
 * A page of what a frozen data set has that another has not, and the other way round.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready`, `artifact_not_found` or `invalid_cursor`
 */
export async function diffPage(
  curate: Curate,
  organization: string,
  id: string,
  { against, change, cursor, limit }: RequestOf<typeof diffDatasets>['query'],
): Promise<ResponseOf<typeof diffDatasets>> {
  const from = cursor === undefined ? 0 : offsetIn(cursor);
  const [after, before] = await Promise.all(
    [id, against].map(async (one) => snapshotOf(curate, await findDatasetById(curate, organization, one))),
  );
  if (after === undefined || before === undefined) throw new AttuneError('artifact_not_found');
  const { counts, rows } = await diffInWorker(
    { before: before.bytes, after: after.bytes, change, from, limit: limit + 1 },
    curate.stopping,
  );
  const page = toPage(
    rows,
    limit,
    () => [from + limit],
    (row) => row,
  );
  return { counts, ...page };
}

function offsetIn(cursor: string): number {
  const offset = Number(decodeCursor(cursor, 1)[0]);
  if (!Number.isSafeInteger(offset) || offset < 0) throw new AttuneError('invalid_cursor');
  return offset;
}
