import type { RateLimiter } from '../cache/rate-limiter.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Route } from '../http/route.ts';
import type { Audit } from './audit.ts';
import { auditRoutes } from './audit-routes.ts';
import type { Authenticator } from './authenticate.ts';
import { keyRoutes } from './key-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { sessionRoutes } from './session-routes.ts';

export interface IdentityNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  readonly audit: Audit;
  readonly authenticator: Authenticator;
  /** Address that people reach the server under. */
  readonly publicUrl: () => string;
}

/** Sign-in, keys, members, organisations and the audit log. */
export function identityRoutes(needs: IdentityNeeds): Route[] {
  return [
    ...sessionRoutes(needs),
    ...keyRoutes(needs),
    ...memberRoutes(needs),
    ...organizationRoutes(needs),
    ...auditRoutes(needs),
  ];
}
