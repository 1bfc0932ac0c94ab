import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-task.ts';

/**
 * The worker's end of `runInWorker`: collects the rows, does the work once they are complete, and sends back its
 * result or what it failed with.
 */
export function serveTask<Setting, Row, Event, Result>(
  work: (setting: Setting, rows: Row[], emit: (event: Event) => void) => Promise<Result>,
): void {
  const port = parentPort;
  if (port === null) throw new Error('this program runs in a worker thread');
  const send = (message: FromWorker<Event, Result>) => port.postMessage(message);
  const emit = (event: Event) => send({ type: 'event', event });
  const setting: Setting = workerData;
  const rows: Row[] = [];
  const go = async () => {
    try {
      send({ type: 'result', result: await work(setting, rows, emit) });
    } catch (error) {
      send({ type: 'error', code: codeOf(error), message: messageOf(error) });
    }
  };
  port.on('message', (message: ToWorker<Row>) => {
    if (message.type === 'rows') for (const row of message.rows) rows.push(row);
    else void go();
  });
}

function codeOf(error: unknown): string | null {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return hasCode ? String(error.code) : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
