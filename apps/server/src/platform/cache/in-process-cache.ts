import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import type { Cache } from './cache.ts';
import { Listeners } from './listeners.ts';

export interface InProcessCacheOptions {
  log: Log;
  /** Values kept at most; 100,000 unless given. */
  maxEntries?: number;
  /** UTF-16 units of keys and values kept at most; 32 Mi (64 MB) unless given. */
  maxLength?: number;
}

/** The cache of a single process: bounded, the least recently used values go first. */
export class InProcessCache implements Cache {
  readonly #values: LRUCache<string, string>;
  readonly #listeners: Listeners;

  constructor({ log, maxEntries = 100_000, maxLength = 32 * 1024 * 1024 }: InProcessCacheOptions) {
    this.#listeners = new Listeners(log);
    this.#values = new LRUCache({
      max: maxEntries,
      maxSize: maxLength,
      sizeCalculation: (value, key) => key.length + value.length + 1,
    });
  }

  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.#values.set(key, value, { ttl: Math.ceil(ttlSeconds * 1000) });
  }

  async delete(key: string): Promise<void> {
    this.#values.delete(key);
  }

  async increment(key: string, by: number, ttlSeconds: number): Promise<number> {
    const before = this.#values.get(key);
    const sum = Number(before ?? 0) + by;
    if (before === undefined) await this.set(key, String(sum), ttlSeconds);
    else this.#values.set(key, String(sum), { noUpdateTTL: true });
    return sum;
  }

  async publish(channel: string, message: string): Promise<void> {
    // Not within the publisher's own call: as through Redis, a subscriber cannot run in the middle of it.
    setImmediate(() => this.#listeners.tell(channel, message));
  }

  async subscribe(channel: string, handler: (message: string) => void): Promise<() => Promise<void>> {
    const remove = this.#listeners.add(channel, handler);
    return async () => void remove();
  }

  async close(): Promise<void> {
    this.#values.clear();
  }
}
