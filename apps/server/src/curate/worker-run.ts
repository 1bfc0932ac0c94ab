import type { Worker } from 'node:worker_threads';
import { AttuneError } from '@attune/contracts';

/**
 * Resolves when a worker thread has ended by itself; every message it sent has been heard by then.
 * @throws what the worker threw, or AttuneError `overloaded` when `stopping` ended it early
 */
export async function untilEnd(
  worker: Worker,
  stopping: AbortSignal,
  hear: (message: unknown) => void,
): Promise<void> {
  const stop = () => void worker.terminate();
  stopping.addEventListener('abort', stop);
  if (stopping.aborted) stop();
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', hear);
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`worker ended with ${code}`))));
    });
  } catch (error) {
    if (!stopping.aborted) throw error;
  } finally {
    stopping.removeEventListener('abort', stop);
  }
  if (stopping.aborted) throw new AttuneError('overloaded', { message: 'The server is shutting down.' });
}
