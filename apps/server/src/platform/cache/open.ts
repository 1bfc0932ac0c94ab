import type { Log } from '../log.ts';
import type { Cache } from './cache.ts';
import { createInProcessLimiter, createRedisLimiter } from './flexible-limiter.ts';
import { InProcessCache } from './in-process-cache.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { RedisCache } from './redis-cache.ts';
import { connectRedis } from './redis-connection.ts';

export interface CacheOptions {
  /** Redis, which replicas share. Without it everything stays in this process. */
  redisUrl?: string | undefined;
  log: Log;
  /** Before every key in Redis; `attune:` unless given. */
  prefix?: string;
}

/** Opens the cache and the rate limiter, which share a connection; closing the cache closes it. */
export async function openCache(options: CacheOptions): Promise<{ cache: Cache; limiter: RateLimiter }> {
  const { redisUrl: url, log, prefix = 'attune:' } = options;
  if (url === undefined) return { cache: new InProcessCache({ log }), limiter: createInProcessLimiter() };
  const redis = await connectRedis(url, log);
  return { cache: new RedisCache({ redis, url, log, prefix }), limiter: createRedisLimiter(redis, prefix) };
}
