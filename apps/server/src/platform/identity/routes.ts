import type { Route } from '../http/route.ts';
import { auditRoutes } from './audit-routes.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import { keyRoutes } from './key-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { settingsRoutes } from './settings-routes.ts';

/** Sign-in, keys, members, organisations, their settings and the audit log. */
export function identityRoutes(needs: IdentityNeeds): Route[] {
  return [
    ...sessionRoutes(needs),
    ...keyRoutes(needs),
    ...memberRoutes(needs),
    ...organizationRoutes(needs),
    ...settingsRoutes(needs),
    ...auditRoutes(needs),
  ];
}
