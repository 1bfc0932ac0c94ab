import {
  type ApiKey,
  AttuneError,
  createKey,
  createOrganization,
  inviteMember,
  listAudit,
  listKeys,
  listMembers,
  type Me,
  type Member,
  memberLink,
  removeMember,
  revokeKey,
  signIn,
  signOut,
  updateMember,
  whoAmI,
} from '@attune/contracts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Caller } from '../http/caller.ts';
import { decodeCursor, toPage } from '../http/page.ts';
import { publicRoute, type Route, route } from '../http/route.ts';
import { newId } from '../ids.ts';
import type { Audit } from './audit.ts';
import type { Authenticator } from './authenticate.ts';
import { SESSION_DAYS, sessionCookie } from './session-cookie.ts';
import { createSignInLink } from './sign-in-link.ts';
import * as store from './store.ts';
import { hashSecret, newSecret } from './tokens.ts';

export interface IdentityNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly authenticator: Authenticator;
  /** Address that people reach the server under. */
  readonly publicUrl: () => string;
}

function describe(caller: Caller): Me {
  const { kind, organization, role, name, email } = caller;
  return { kind, organization, role, scopes: [...caller.scopes], name, email };
}

function toMember(row: store.MemberRow): Member {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    created_at: row.created_at.toISOString(),
  };
}

type KeyRow = Awaited<ReturnType<typeof store.listKeys>>[number];

function toKey(row: Omit<KeyRow, 'organization' | 'key_hash' | 'revoked_at'>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    scopes: row.scopes,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
  };
}

/** Sign-in, keys, members and the audit log. */
export function identityRoutes(needs: IdentityNeeds): Route[] {
  return [
    ...sessionRoutes(needs),
    ...keyRoutes(needs),
    ...memberRoutes(needs),
    organizationRoute(needs),
    auditRoute(needs),
  ];
}

function sessionRoutes({ database, clock, publicUrl }: IdentityNeeds): Route[] {
  const secure = () => publicUrl().startsWith('https:');
  return [
    publicRoute(signIn, async ({ body }) => {
      const member = await store.useLink(database.sql, hashSecret(body.token), clock.now());
      if (member === null) throw new AttuneError('sign_in_link_invalid');
      const token = newSecret('ats');
      await database.sql
        .insertInto('sessions')
        .values({
          token_hash: hashSecret(token),
          organization: member.organization,
          member_id: member.id,
          expires_at: new Date(clock.now().getTime() + SESSION_DAYS * 86_400_000),
        })
        .execute();
      const me: Me = {
        kind: 'member',
        organization: member.organization,
        role: member.role,
        scopes: [],
        name: member.name,
        email: member.email,
      };
      return Response.json(me, { headers: { 'set-cookie': sessionCookie(token, secure()) } });
    }),
    route(signOut, async ({ caller }) => {
      if (caller.kind === 'member') {
        await database.sql
          .deleteFrom('sessions')
          .where('organization', '=', caller.organization)
          .where('member_id', '=', caller.principal.replace('member:', ''))
          .execute();
      }
      return Response.json({ ok: true }, { headers: { 'set-cookie': sessionCookie('', secure()) } });
    }),
    route(whoAmI, async ({ caller }) => describe(caller)),
  ];
}

function keyRoutes({ database, clock, audit, authenticator }: IdentityNeeds): Route[] {
  return [
    route(createKey, async ({ body, caller }) => {
      const key = newSecret('atn');
      const row = {
        id: newId(),
        name: body.name,
        prefix: key.slice(0, 8),
        role: body.role,
        scopes: body.scopes,
        created_at: clock.now(),
        expires_at: body.expires_at === undefined ? null : new Date(body.expires_at),
        last_used_at: null,
      };
      await database.sql
        .insertInto('api_keys')
        .values({ ...row, organization: caller.organization, key_hash: hashSecret(key) })
        .execute();
      await audit.record({
        organization: caller.organization,
        actor: caller.principal,
        action: 'key.created',
        subject: `key:${row.id}`,
        details: { name: row.name, role: row.role, scopes: row.scopes },
      });
      return { ...toKey(row), key };
    }),
    route(listKeys, async ({ query, caller }) => {
      const before = query.cursor === undefined ? null : idOf(query.cursor);
      const rows = await store.listKeys(database.sql, caller.organization, before, query.limit + 1);
      return toPage(rows, query.limit, (row) => [row.id], toKey);
    }),
    route(revokeKey, async ({ params, caller }) => {
      const hash = await store.revokeKey(database.sql, caller.organization, params.id, clock.now());
      if (hash === null) throw new AttuneError('key_not_found');
      authenticator.forget(hash);
      await audit.record({
        organization: caller.organization,
        actor: caller.principal,
        action: 'key.revoked',
        subject: `key:${params.id}`,
      });
      return { ok: true as const };
    }),
  ];
}

const UUID = /^[0-9a-f-]{36}$/;

function idOf(cursor: string): string {
  const [id = ''] = decodeCursor(cursor, 1);
  if (!UUID.test(id)) throw new AttuneError('invalid_cursor');
  return id;
}

function memberRoutes({ database, clock, audit, publicUrl }: IdentityNeeds): Route[] {
  const linkFor = async (row: store.MemberRow) => {
    const link = await createSignInLink(database, clock, publicUrl(), row);
    return { member: toMember(row), sign_in_url: link.url, expires_at: link.expiresAt.toISOString() };
  };
  const known = async (organization: string, id: string) => {
    const row = await store.findMember(database.sql, organization, id);
    if (row === undefined) throw new AttuneError('member_not_found');
    return row;
  };
  return [
    route(inviteMember, async ({ body, caller }) => {
      const { organization } = caller;
      const row = { ...body, id: newId(), organization, created_at: clock.now() };
      const added = await database.sql
        .insertInto('members')
        .values(row)
        .onConflict((conflict) => conflict.columns(['organization', 'email']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added === undefined) throw new AttuneError('member_exists', { param: 'email' });
      const details = { email: body.email, role: body.role };
      const subject = `member:${row.id}`;
      await audit.record({ organization, actor: caller.principal, action: 'member.added', subject, details });
      return linkFor(row);
    }),
    route(memberLink, async ({ params, caller }) => {
      const row = await known(caller.organization, params.id);
      const subject = `member:${row.id}`;
      const { organization } = caller;
      await audit.record({ organization, actor: caller.principal, action: 'member.link_created', subject });
      return linkFor(row);
    }),
    route(listMembers, async ({ query, caller }) => {
      const after = query.cursor === undefined ? null : idOf(query.cursor);
      const rows = await store.listMembers(database.sql, caller.organization, after, query.limit + 1);
      return toPage(rows, query.limit, (row) => [row.id], toMember);
    }),
    route(updateMember, async ({ params, body, caller }) => {
      const { organization } = caller;
      await known(organization, params.id);
      await database.sql.transaction().execute(async (transaction) => {
        const admins = await store.lockAdmins(transaction, organization);
        const demotes = body.role !== undefined && body.role !== 'admin';
        if (demotes && isOnly(admins, params.id)) throw new AttuneError('last_admin');
        const changes = {
          ...(body.role === undefined ? {} : { role: body.role }),
          ...(body.name === undefined ? {} : { name: body.name }),
        };
        if (Object.keys(changes).length === 0) return;
        await transaction
          .updateTable('members')
          .set(changes)
          .where('organization', '=', organization)
          .where('id', '=', params.id)
          .execute();
      });
      const subject = `member:${params.id}`;
      await audit.record({
        organization,
        actor: caller.principal,
        action: 'member.changed',
        subject,
        details: body,
      });
      return toMember(await known(organization, params.id));
    }),
    route(removeMember, async ({ params, caller }) => {
      const { organization } = caller;
      await known(organization, params.id);
      await database.sql.transaction().execute(async (transaction) => {
        if (isOnly(await store.lockAdmins(transaction, organization), params.id)) {
          throw new AttuneError('last_admin');
        }
        await transaction
          .deleteFrom('members')
          .where('organization', '=', organization)
          .where('id', '=', params.id)
          .execute();
      });
      const subject = `member:${params.id}`;
      await audit.record({ organization, actor: caller.principal, action: 'member.removed', subject });
      return { ok: true as const };
    }),
  ];
}

function organizationRoute({ database, clock, audit, publicUrl }: IdentityNeeds): Route {
  return route(createOrganization, async ({ body, caller }) => {
    if (caller.organization !== 'default') {
      throw new AttuneError('forbidden', {
        message: 'Only admins of the organisation `default` add others.',
      });
    }
    const { id: organization, name, admin_email: email } = body;
    const row = {
      id: newId(),
      organization,
      email,
      name: '',
      role: 'admin' as const,
      created_at: clock.now(),
    };
    await database.sql.transaction().execute(async (transaction) => {
      const added = await transaction
        .insertInto('organizations')
        .values({ id: organization, name })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added === undefined) throw new AttuneError('organization_exists', { param: 'id' });
      await transaction.insertInto('members').values(row).execute();
    });
    await audit.record({
      organization: caller.organization,
      actor: caller.principal,
      action: 'organization.added',
      subject: `organization:${organization}`,
      details: { name, admin_email: email },
    });
    const link = await createSignInLink(database, clock, publicUrl(), row);
    const expires_at = link.expiresAt.toISOString();
    return { organization, member: toMember(row), sign_in_url: link.url, expires_at };
  });
}

function isOnly(admins: { id: string }[], id: string): boolean {
  return admins.length === 1 && admins[0]?.id === id;
}

function auditRoute({ database }: IdentityNeeds): Route {
  return route(listAudit, async ({ query, caller }) => {
    const before = query.cursor === undefined ? null : positionOf(query.cursor);
    const rows = await database.sql
      .selectFrom('audit_log')
      .selectAll()
      .where('organization', '=', caller.organization)
      .$if(before !== null, (list) => list.where('position', '<', before ?? 0))
      .orderBy('position', 'desc')
      .limit(query.limit + 1)
      .execute();
    return toPage(
      rows,
      query.limit,
      (row) => [row.position],
      (row) => ({
        id: row.id,
        at: row.at.toISOString(),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        details: row.details,
        hash: row.hash,
      }),
    );
  });
}

function positionOf(cursor: string): number {
  const position = Number(decodeCursor(cursor, 1)[0]);
  if (!Number.isSafeInteger(position)) throw new AttuneError('invalid_cursor');
  return position;
}
