import type { Worker } from 'node:worker_threads';
import { endWorker, startWorker } from '@attune/reward';
import type { WorkAnswer, WorkMessage } from './messages.ts';

/** The thread ended, or was ended, before it answered. */
export class WorkerLost extends Error {
  constructor(cause: unknown) {
    super('The scoring thread ended before it answered.', { cause });
  }
}

/** One scoring thread. It takes one message at a time. */
export class WorkerThread {
  readonly #worker: Worker;
  #pending: { resolve: (answer: WorkAnswer) => void; reject: (error: Error) => void } | undefined;
  #cause: unknown;
  #alive = true;
  /** Resolves when the thread is gone. */
  readonly ended: Promise<void>;

  constructor(file: URL, workerData: unknown) {
    this.#worker = startWorker(file, { workerData });
    this.#worker.on('message', (answer: WorkAnswer) => {
      const pending = this.#pending;
      this.#pending = undefined;
      pending?.resolve(answer);
    });
    // An error is followed by `exit`, where whoever waits is told.
    this.#worker.on('error', (error) => {
      this.#cause = error;
    });
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#alive = false;
        this.#pending?.reject(new WorkerLost(this.#cause ?? new Error(`exit code ${code}`)));
        resolve();
      });
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** @throws WorkerLost */
  ask(message: WorkMessage): Promise<WorkAnswer> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#worker.postMessage(message);
    });
  }

  /** Ends the thread, wherever it is. */
  async end(): Promise<void> {
    await endWorker(this.#worker);
    await this.ended;
  }
}
