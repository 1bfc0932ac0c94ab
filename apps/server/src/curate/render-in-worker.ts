import { Worker } from 'node:worker_threads';
import type { ExportFormat } from '@attune/contracts';
import { movable } from './movable.ts';
import { untilEnd } from './worker-run.ts';

/** What is to be written. */
export interface RenderInput {
  readonly snapshot: Uint8Array;
  readonly format: ExportFormat;
  readonly split: 'all' | 'train' | 'validation';
}

/** A written file and how many rows it has. */
export interface Rendered {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/**
 * Writes an export in a worker thread, which takes the snapshot's bytes with it.
 * @throws AttuneError `overloaded` when the room stops
 */
export async function renderInWorker(input: RenderInput, stopping: AbortSignal): Promise<Rendered> {
  const snapshot = movable(input.snapshot);
  const worker = new Worker(new URL('./render.worker.ts', import.meta.url), {
    workerData: { ...input, snapshot },
    transferList: [snapshot.buffer],
  });
  let rendered: Rendered | undefined;
  await untilEnd(worker, stopping, (message) => {
    rendered = message as Rendered;
  });
  if (rendered === undefined) throw new Error('the export ended without a file');
  return rendered;
}
