import type { Log } from './log.ts';

interface Closer {
  readonly name: string;
  close(): Promise<void> | void;
}

export interface LifecycleOptions {
  log: Log;
  /** How long closing may take in all before the process ends anyway, in milliseconds. */
  deadlineMs: number;
}

/**
 * Ends the process in good order. What was opened later is closed earlier, one after the other; one that fails or
 * hangs keeps none of the others from their turn before the deadline.
 */
export class Lifecycle {
  readonly #log: Log;
  readonly #deadlineMs: number;
  readonly #closers: Closer[] = [];
  #closing: Promise<boolean> | undefined;

  constructor({ log, deadlineMs }: LifecycleOptions) {
    this.#log = log;
    this.#deadlineMs = deadlineMs;
  }

  /** Whether closing has begun: time to say that nothing new is taken. */
  get closing(): boolean {
    return this.#closing !== undefined;
  }

  /** Adds something to close, before everything added so far. */
  onClose(name: string, close: () => Promise<void> | void): void {
    this.#closers.unshift({ name, close });
  }

  /** Closes everything, once, however often it is called; tells whether all went well and in time. */
  close(): Promise<boolean> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  /** Closes on SIGTERM and SIGINT and ends the process: with 0, or 1 where closing failed. A second signal ends it at once. */
  closeOnSignals(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (this.closing) process.exit(1);
        this.#log.info({ signal }, 'closing');
        void this.close().then((clean) => process.exit(clean ? 0 : 1));
      });
    }
  }

  async #closeAll(): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), this.#deadlineMs);
    const outcomes: boolean[] = [];
    for (const closer of this.#closers) {
      const outcome = await Promise.race([this.#closeOne(closer), late]);
      if (outcome === 'late') this.#log.error({ part: closer.name }, 'did not close in time');
      outcomes.push(outcome === true);
    }
    clearTimeout(timer);
    return outcomes.every(Boolean);
  }

  async #closeOne({ name, close }: Closer): Promise<boolean> {
    try {
      await close();
      return true;
    } catch (error) {
      this.#log.error({ err: error, part: name }, 'did not close cleanly');
      return false;
    }
  }
}
