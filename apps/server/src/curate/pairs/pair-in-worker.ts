import { Worker } from 'node:worker_threads';
import type { PairMethod } from '@attune/contracts';
import type { PairingResult } from '@attune/core';
import type { TrainableFeedback } from '../trainable.ts';
import { untilEnd } from '../worker-run.ts';

export interface PairingInput {
  readonly feedback: readonly TrainableFeedback[];
  readonly methods: readonly PairMethod[];
}

/**
 * Makes pairs in a worker thread: ten thousand feedbacks take half a second.
 * @throws AttuneError `overloaded` when the room stops
 */
export async function pairInWorker(input: PairingInput, stopping: AbortSignal): Promise<PairingResult> {
  const worker = new Worker(new URL('./pairs.worker.ts', import.meta.url), { workerData: input });
  let result: PairingResult | undefined;
  await untilEnd(worker, stopping, (message) => {
    result = message as PairingResult;
  });
  if (result === undefined) throw new Error('pairing ended without a result');
  return result;
}
