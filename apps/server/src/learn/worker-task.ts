import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { endWorker, startWorker } from '@attune/reward';

/** What goes to the worker: its setting comes as `workerData`, its rows in parts, then word that they are complete. */
export type ToWorker<Row> = { type: 'rows'; rows: Row[] } | { type: 'go' };
/** What comes back. An error travels as its code and words, because classes do not survive the way. */
export type FromWorker<Event, Result> =
  | { type: 'event'; event: Event }
  | { type: 'result'; result: Result }
  | { type: 'error'; code: string | null; message: string };

/** What the work in a worker failed with; `code` where the error had one. */
export class WorkerTaskError extends Error {
  readonly code: string | null;

  constructor(code: string | null, message: string) {
    super(message);
    this.name = 'WorkerTaskError';
    this.code = code;
  }
}

/** Rows copied into the worker in one go: a copy of this size holds the event loop up for about a millisecond. */
const ROWS_PER_MESSAGE = 500;

/**
 * Runs one piece of work in a thread of its own, so that the event loop stays free, and ends the thread with it.
 * @throws WorkerTaskError what the work failed with
 * @throws the reason of `signal` when it is aborted; the thread is stopped wherever it is
 */
export async function runInWorker<Setting, Row, Event, Result>(task: {
  program: URL;
  setting: Setting;
  rows: readonly Row[];
  onEvent: (event: Event) => void;
  signal: AbortSignal;
}): Promise<Result> {
  task.signal.throwIfAborted();
  const worker = startWorker(task.program, { workerData: task.setting });
  const outcome = Promise.withResolvers<Result>();
  const abort = () => outcome.reject(task.signal.reason);
  task.signal.addEventListener('abort', abort, { once: true });
  worker.on('message', (message: FromWorker<Event, Result>) => {
    if (message.type === 'event') task.onEvent(message.event);
    else if (message.type === 'result') outcome.resolve(message.result);
    else outcome.reject(new WorkerTaskError(message.code, message.message));
  });
  worker.once('error', outcome.reject);
  worker.once('exit', (code) => {
    outcome.reject(new WorkerTaskError(null, `the worker thread ended with code ${code} before it was done`));
  });
  try {
    const [result] = await Promise.all([outcome.promise, sendRows(worker, task.rows, task.signal)]);
    return result;
  } finally {
    task.signal.removeEventListener('abort', abort);
    await endWorker(worker);
  }
}

async function sendRows<Row>(worker: Worker, rows: readonly Row[], signal: AbortSignal): Promise<void> {
  const send = (message: ToWorker<Row>) => worker.postMessage(message);
  for (let at = 0; at < rows.length && !signal.aborted; at += ROWS_PER_MESSAGE) {
    send({ type: 'rows', rows: rows.slice(at, at + ROWS_PER_MESSAGE) });
    await setImmediate();
  }
  send({ type: 'go' });
}
