import { Worker } from 'node:worker_threads';
import { movable } from '../movable.ts';
import { untilEnd } from '../worker-run.ts';
import type { Rendered, RenderOptions } from './render.ts';

/** What is to be written. */
export interface RenderInput extends RenderOptions {
  readonly snapshot: Uint8Array;
  readonly split: 'all' | 'train' | 'validation';
}

/** An export with the rows that each side of the split would have. */
export interface RenderedSplit extends Rendered {
  readonly splits: { readonly train: number; readonly validation: number };
}

/**
 * Writes an export in a worker thread, which takes the snapshot's bytes with it.
 * @throws AttuneError `overloaded` when the room stops
 */
export async function renderInWorker(input: RenderInput, stopping: AbortSignal): Promise<RenderedSplit> {
  const snapshot = movable(input.snapshot);
  const worker = new Worker(new URL('./render.worker.ts', import.meta.url), {
    workerData: { ...input, snapshot },
    transferList: [snapshot.buffer],
  });
  let rendered: RenderedSplit | undefined;
  await untilEnd(worker, stopping, (message) => {
    rendered = message as RenderedSplit;
  });
  if (rendered === undefined) throw new Error('the export ended without a file');
  return rendered;
}
