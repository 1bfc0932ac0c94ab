import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { RateDecision, RateLimit, RateLimiter } from './rate-limiter.ts';

/** How many different limits are remembered; a program has a handful. */
const DIFFERENT_LIMITS = 1000;

function decision(allowed: boolean, result: RateLimiterRes): RateDecision {
  return {
    allowed,
    retryAfterSeconds: Math.max(result.msBeforeNext, 1) / 1000,
    remaining: result.remainingPoints,
  };
}

/** Rate limits by fixed windows, on the library's counters: one counter per key and limit. */
class FlexibleLimiter implements RateLimiter {
  readonly #create: (limit: RateLimit) => RateLimiterAbstract;
  readonly #limiters = new LRUCache<string, RateLimiterAbstract>({ max: DIFFERENT_LIMITS });

  constructor(create: (limit: RateLimit) => RateLimiterAbstract) {
    this.#create = create;
  }

  async consume(key: string, limit: RateLimit): Promise<RateDecision> {
    try {
      return decision(true, await this.#limiterOf(limit).consume(key));
    } catch (error) {
      if (error instanceof RateLimiterRes) return decision(false, error);
      throw error;
    }
  }

  #limiterOf(limit: RateLimit): RateLimiterAbstract {
    const name = `${limit.points}/${limit.seconds}`;
    const known = this.#limiters.get(name);
    if (known !== undefined) return known;
    const limiter = this.#create(limit);
    this.#limiters.set(name, limiter);
    return limiter;
  }
}

/** Counts in this process. */
export function createInProcessLimiter(): RateLimiter {
  return new FlexibleLimiter(
    ({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds, keyPrefix: '' }),
  );
}

/** Counts in Redis, for all replicas together; while it is away, in this process. */
export function createRedisLimiter(redis: Redis, prefix: string): RateLimiter {
  return new FlexibleLimiter(
    ({ points, seconds }) =>
      new RateLimiterRedis({
        storeClient: redis,
        points,
        duration: seconds,
        keyPrefix: `${prefix}limit:${points}/${seconds}`,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory({ points, duration: seconds, keyPrefix: '' }),
      }),
  );
}
