import type { Curate } from '../curate.ts';
import type { DatasetDiff } from './dataset-diff.ts';
import { diffInWorker } from './diff-in-worker.ts';
import { openSnapshot } from './frozen-dataset.ts';

/** How the rows of two frozen data sets differ, in numbers; null where one of them is not there. */
export async function compareDatasets(
  curate: Curate,
  organization: string,
  one: string,
  other: string,
): Promise<DatasetDiff['counts'] | null> {
  const after = await openSnapshot(curate, organization, one);
  const before = await openSnapshot(curate, organization, other);
  if (after === null || before === null) return null;
  const input = { before: before.bytes, after: after.bytes, change: undefined, from: 0, limit: 1 };
  return (await diffInWorker(input, curate.stopping)).counts;
}
