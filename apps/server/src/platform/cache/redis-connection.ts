import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { RareWarning } from '../rare-warning.ts';

const COMMAND_TIMEOUT_MS = 500;
const LONGEST_RETRY_MS = 1000;

/**
 * Connects to Redis, and goes on without it: a command fails at once while it is away and after half a second where
 * it hangs, and the connection comes back by itself within a second of Redis doing so. ioredis is loaded only here.
 */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // Hangs up on a server that froze: only the first commands wait for it, the next fail at once.
    socketTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_RETRY_MS),
  });
  const warning = new RareWarning({
    log,
    message: 'Redis is away; caches and limits are this process’s own',
  });
  redis.on('error', (error) => warning.warn(error));
  // The first failure is reported by the listener above, and tried again like every later one.
  await redis.connect().catch(() => undefined);
  return redis;
}
