import { AttuneError, createOrganization } from '@attune/contracts';
import { type Route, route } from '../http/route.ts';
import { newId } from '../ids.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import { toMember } from './member-routes.ts';
import { addSignInLink } from './sign-in-link.ts';
import * as store from './store.ts';

/** The organisation that is there from the start: its admins look after the server. */
const FIRST = 'default';

/** Organisations, each with its first admin. */
export function organizationRoutes({ database, clock, audit, publicUrl }: IdentityNeeds): Route[] {
  return [
    route(createOrganization, ({ body, caller }) => {
      if (caller.organization !== FIRST) {
        const message = 'Only admins of the organisation `default` add others.';
        throw new AttuneError('forbidden', { message });
      }
      const { id: organization, name, admin_email: email } = body;
      const id = newId();
      const admin = { id, organization, email, name: '', role: 'admin' as const, created_at: clock.now() };
      return database.sql.transaction().execute(async (transaction) => {
        const added = await store.addOrganization(transaction, organization, name);
        if (!added) throw new AttuneError('organization_exists', { param: 'id' });
        await store.addMember(transaction, admin);
        await audit.record(
          {
            organization: caller.organization,
            actor: caller.principal,
            action: 'organization.added',
            subject: `organization:${organization}`,
            details: { name, admin_email: email },
          },
          transaction,
        );
        const link = await addSignInLink(transaction, clock, publicUrl(), admin);
        const expires_at = link.expiresAt.toISOString();
        return { organization, member: toMember(admin), sign_in_url: link.url, expires_at };
      });
    }),
  ];
}
