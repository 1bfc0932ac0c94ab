import { setTimeout as delay } from 'node:timers/promises';

export interface Pace {
  /** Least time between two starts. */
  readonly intervalMs: number;
  /** Wait after a failure, before it is tried again. */
  readonly retryMs: number;
}

/**
 * Work that many events ask for and that then runs for all of them together: at once when it has rested, else at the
 * end of the interval, never twice at a time. A failed run is reported and repeated until one succeeds.
 */
export class PacedTask {
  readonly #work: () => Promise<void>;
  readonly #pace: Pace;
  readonly #failed: (error: unknown) => void;
  #wanted = false;
  #running: Promise<void> | null = null;
  readonly #stopping = new AbortController();

  constructor(work: () => Promise<void>, pace: Pace, failed: (error: unknown) => void) {
    this.#work = work;
    this.#pace = pace;
    this.#failed = failed;
  }

  /** Asks for a run that starts after this call. */
  request(): void {
    this.#wanted = true;
    if (this.#running !== null || this.#stopping.signal.aborted) return;
    this.#running = this.#runWhileWanted().finally(() => {
      this.#running = null;
    });
  }

  /** Lets a run that has started finish and starts no other. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #runWhileWanted(): Promise<void> {
    while (this.#wanted && !this.#stopping.signal.aborted) {
      this.#wanted = false;
      const succeeded = await this.#runOnce();
      if (!succeeded) this.#wanted = true;
      await this.#pause(succeeded ? this.#pace.intervalMs : this.#pace.retryMs);
    }
  }

  async #runOnce(): Promise<boolean> {
    try {
      await this.#work();
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    // Rejects only when stopped, and then there is nothing to wait for.
    await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
