import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { Listeners } from './listeners.ts';
import { connectRedis } from './redis-connection.ts';

export interface RedisSubscriptionsOptions {
  url: string;
  log: Log;
  prefix: string;
}

/**
 * What this process hears through Redis. Listening takes a connection of its own, opened with the first listener;
 * after a loss every channel is subscribed to again. What is published while Redis is away is not heard later.
 */
export class RedisSubscriptions {
  readonly #options: RedisSubscriptionsOptions;
  readonly #listeners: Listeners;
  #connection: Promise<Redis> | undefined;

  constructor(options: RedisSubscriptionsOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.log);
  }

  async add(channel: string, handler: (message: string) => void): Promise<() => Promise<void>> {
    const remove = this.#listeners.add(channel, handler);
    this.#connection ??= this.#connect();
    const redis = await this.#connection;
    await this.#subscribe(redis, [channel]);
    return async () => {
      if (remove()) await redis.unsubscribe(this.#options.prefix + channel).catch(() => undefined);
    };
  }

  /** Tells the listeners of this process alone. */
  tell(channel: string, message: string): void {
    this.#listeners.tell(channel, message);
  }

  async close(): Promise<void> {
    const redis = await this.#connection;
    redis?.disconnect();
  }

  async #connect(): Promise<Redis> {
    const redis = await connectRedis(this.#options.url, this.#options.log);
    redis.on('message', (channel: string, message: string) => {
      this.#listeners.tell(channel.slice(this.#options.prefix.length), message);
    });
    redis.on('ready', () => void this.#subscribe(redis, this.#listeners.channels));
    return redis;
  }

  /** A failure means that Redis is away: the next `ready` subscribes to all channels again. */
  async #subscribe(redis: Redis, channels: string[]): Promise<void> {
    if (channels.length === 0 || redis.status !== 'ready') return;
    await redis
      .subscribe(...channels.map((channel) => this.#options.prefix + channel))
      .catch(() => undefined);
  }
}
