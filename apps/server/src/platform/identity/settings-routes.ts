import { getOrganization, type Organization, updateOrganization } from '@attune/contracts';
import { type Route, route } from '../http/route.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import * as store from './store.ts';

function toOrganization({ id, name, compare_share, created_at }: store.OrganizationRow): Organization {
  return { id, name, compare_share, created_at: created_at.toISOString() };
}

/** The caller's own organisation: its name and settings. */
export function settingsRoutes({ database, audit }: IdentityNeeds): Route[] {
  return [
    route(getOrganization, async ({ caller }) =>
      toOrganization(await store.findOrganization(database.sql, caller.organization)),
    ),
    route(updateOrganization, ({ body, caller: { organization, principal: actor } }) =>
      database.sql.transaction().execute(async (transaction) => {
        const changed = await store.changeOrganization(transaction, organization, body);
        const subject = `organization:${organization}`;
        const act = { organization, actor, action: 'organization.changed', subject, details: body };
        await audit.record(act, transaction);
        return toOrganization(changed);
      }),
    ),
  ];
}
