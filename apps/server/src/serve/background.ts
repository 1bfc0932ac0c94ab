import type { Log } from '../platform/log.ts';

/** Work that goes on after its answer was given, so that a shutdown can wait for it and faults are not lost. */
export class Background {
  readonly #running = new Set<Promise<void>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  run(what: string, work: Promise<unknown>): void {
    const watched = work.then(
      () => undefined,
      (error: unknown) => this.#log.warn({ err: error }, `${what} failed`),
    );
    this.#running.add(watched);
    void watched.finally(() => this.#running.delete(watched));
  }

  /** Resolves when nothing is running. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
