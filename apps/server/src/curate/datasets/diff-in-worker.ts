import { Worker } from 'node:worker_threads';
import type { RowChange } from '@attune/contracts';
import { untilEnd } from '../worker-run.ts';
import type { DatasetDiff } from './dataset-diff.ts';

/** Two snapshots to compare, and which of their differences are wanted. */
export interface DiffInput {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly change: RowChange['change'] | undefined;
  readonly from: number;
  readonly limit: number;
}

export interface DiffPage {
  readonly counts: DatasetDiff['counts'];
  readonly rows: RowChange[];
}

/**
 * Compares two snapshots in a worker thread: each can have hundreds of megabytes.
 * @throws AttuneError `overloaded` when the room stops
 */
export async function diffInWorker(input: DiffInput, stopping: AbortSignal): Promise<DiffPage> {
  const worker = new Worker(new URL('./diff.worker.ts', import.meta.url), { workerData: input });
  let page: DiffPage | undefined;
  await untilEnd(worker, stopping, (message) => {
    page = message as DiffPage;
  });
  if (page === undefined) throw new Error('the comparison ended without a result');
  return page;
}
