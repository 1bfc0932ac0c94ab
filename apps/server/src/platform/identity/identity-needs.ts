import type { RateLimiter } from '../cache/rate-limiter.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Audit } from './audit.ts';
import type { Authenticator } from './authenticate.ts';

/** What the routes of identity stand on. */
export interface IdentityNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  readonly audit: Audit;
  readonly authenticator: Authenticator;
  /** Address that people reach the server under. */
  readonly publicUrl: () => string;
}
