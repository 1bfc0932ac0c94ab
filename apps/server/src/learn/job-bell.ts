import type { Platform } from '../platform/platform.ts';

const CHANNEL = 'learn.job';

/** Rings for whoever waits for news of a job, also across replicas where they share a cache. */
export class JobBell {
  readonly #cache: Platform['cache'];
  readonly #listeners = new Map<string, Set<() => void>>();
  #unsubscribe: (() => Promise<void> | void) | undefined;

  constructor({ cache }: Pick<Platform, 'cache'>) {
    this.#cache = cache;
  }

  async start(): Promise<void> {
    this.#unsubscribe = await this.#cache.subscribe(CHANNEL, (jobId) => this.#wake(jobId));
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.();
  }

  /** Says that something about the job changed; only a hint, the database has the truth. */
  async ring(jobId: string): Promise<void> {
    this.#wake(jobId);
    await this.#cache.publish(CHANNEL, jobId);
  }

  /** Calls back at every ring; gives the way to stop it. */
  listen(jobId: string, onRing: () => void): () => void {
    const listeners = this.#listeners.get(jobId) ?? new Set();
    this.#listeners.set(jobId, listeners.add(onRing));
    return () => {
      listeners.delete(onRing);
      if (listeners.size === 0 && this.#listeners.get(jobId) === listeners) this.#listeners.delete(jobId);
    };
  }

  #wake(jobId: string): void {
    for (const listener of [...(this.#listeners.get(jobId) ?? [])]) listener();
  }
}
