import type { Config } from '../config.ts';
import type { Blobs } from './blobs/blobs.ts';
import type { Cache } from './cache/cache.ts';
import type { RateLimiter } from './cache/rate-limiter.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/open.ts';
import type { Audit } from './identity/audit.ts';
import type { Log } from './log.ts';
import type { Queue } from './queue/queue.ts';
import type { SecretBox } from './secret-box.ts';

/** What every room stands on; made once in main.ts. */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly queue: Queue;
  readonly cache: Cache;
  readonly limiter: RateLimiter;
  readonly blobs: Blobs;
  readonly audit: Audit;
  readonly secrets: SecretBox;
}
