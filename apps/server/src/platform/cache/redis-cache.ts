import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { RareWarning } from '../rare-warning.ts';
import type { Cache } from './cache.ts';
import { RedisSubscriptions } from './redis-subscriptions.ts';

export interface RedisCacheOptions {
  redis: Redis;
  url: string;
  log: Log;
  /** Before every key and channel, so that others may use the same Redis. */
  prefix: string;
}

// One step, so that no counter is left without an end.
const INCREMENT = `
  local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
  if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return sum`;

/** The cache that replicas share. While Redis is away reads find nothing and writes are dropped and counted. */
export class RedisCache implements Cache {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #subscriptions: RedisSubscriptions;
  readonly #warning: RareWarning;
  #dropped = 0;

  constructor({ redis, url, log, prefix }: RedisCacheOptions) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#subscriptions = new RedisSubscriptions({ url, log, prefix });
    this.#warning = new RareWarning({ log, message: 'Redis is away; writes to the cache are dropped' });
  }

  /** Writes lost so far because Redis was away. */
  get dropped(): number {
    return this.#dropped;
  }

  async get(key: string): Promise<string | undefined> {
    try {
      return (await this.#redis.get(this.#prefix + key)) ?? undefined;
    } catch {
      // The connection has already said that Redis is away; a cache that finds nothing is correct.
      return undefined;
    }
  }

  async set(key: string, value: string, ttlSeconds: number): Promise<void> {
    await this.#attempt(() => this.#redis.set(this.#prefix + key, value, 'PX', Math.ceil(ttlSeconds * 1000)));
  }

  async delete(key: string): Promise<void> {
    await this.#attempt(() => this.#redis.del(this.#prefix + key));
  }

  async increment(key: string, by: number, ttlSeconds: number): Promise<number> {
    const ttl = Math.ceil(ttlSeconds * 1000);
    const sum = await this.#attempt(() => this.#redis.eval(INCREMENT, 1, this.#prefix + key, by, ttl));
    return sum === undefined ? by : Number(sum);
  }

  async publish(channel: string, message: string): Promise<void> {
    const heard = await this.#attempt(() => this.#redis.publish(this.#prefix + channel, message));
    if (heard === undefined) this.#subscriptions.tell(channel, message);
  }

  subscribe(channel: string, handler: (message: string) => void): Promise<() => Promise<void>> {
    return this.#subscriptions.add(channel, handler);
  }

  async close(): Promise<void> {
    await this.#subscriptions.close();
    this.#redis.disconnect();
  }

  /** Undefined when Redis did not do it. */
  async #attempt<Result>(command: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await command();
    } catch (error) {
      this.#dropped += 1;
      this.#warning.warn(error);
      return undefined;
    }
  }
}
