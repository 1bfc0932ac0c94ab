import {
  AttuneError,
  inviteMember,
  listMembers,
  type Member,
  memberLink,
  removeMember,
  updateMember,
} from '@attune/contracts';
import type { Transaction } from 'kysely';
import type { Tables } from '../db/tables.ts';
import { decodeId, toPage } from '../http/page.ts';
import { type Route, route } from '../http/route.ts';
import { newId } from '../ids.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import { addSignInLink } from './sign-in-link.ts';
import * as store from './store.ts';

/** A member as callers see them. */
export function toMember({ id, email, name, role, created_at }: store.MemberRow): Member {
  return { id, email, name, role, created_at: created_at.toISOString() };
}

/** Members of an organisation: invited, listed, changed, removed. */
export function memberRoutes({ database, clock, audit, publicUrl }: IdentityNeeds): Route[] {
  const inTransaction = <Result>(work: (transaction: Transaction<Tables>) => Promise<Result>) =>
    database.sql.transaction().execute(work);
  const linkFor = async (transaction: Transaction<Tables>, row: store.MemberRow) => {
    const link = await addSignInLink(transaction, clock, publicUrl(), row);
    return { member: toMember(row), sign_in_url: link.url, expires_at: link.expiresAt.toISOString() };
  };

  return [
    route(inviteMember, ({ body, caller: { organization, principal: actor } }) => {
      const row = { ...body, id: newId(), organization, created_at: clock.now() };
      return inTransaction(async (transaction) => {
        const added = await store.addMember(transaction, row);
        if (!added) throw new AttuneError('member_exists', { param: 'email' });
        const details = { email: body.email, role: body.role };
        const act = { organization, actor, action: 'member.added', subject: `member:${row.id}`, details };
        await audit.record(act, transaction);
        return linkFor(transaction, row);
      });
    }),

    route(memberLink, ({ params: { id }, caller: { organization, principal: actor } }) =>
      inTransaction(async (transaction) => {
        const row = await known(transaction, organization, id);
        const act = { organization, actor, action: 'member.link_created', subject: `member:${id}` };
        await audit.record(act, transaction);
        return linkFor(transaction, row);
      }),
    ),

    route(listMembers, async ({ query, caller }) => {
      const after = query.cursor === undefined ? null : decodeId(query.cursor);
      const rows = await store.listMembers(database.sql, caller.organization, after, query.limit + 1);
      return toPage(rows, query.limit, (row) => [row.id], toMember);
    }),

    route(updateMember, ({ params: { id }, body, caller: { organization, principal: actor } }) =>
      inTransaction(async (transaction) => {
        const before = await known(transaction, organization, id);
        if ((body.role ?? 'admin') !== 'admin') await keepAnAdmin(transaction, organization, id);
        const { role = before.role, name = before.name } = body;
        await store.changeMember(transaction, organization, id, { role, name });
        const act = { organization, actor, action: 'member.changed', subject: `member:${id}`, details: body };
        await audit.record(act, transaction);
        return toMember({ ...before, role, name });
      }),
    ),

    route(removeMember, ({ params: { id }, caller: { organization, principal: actor } }) =>
      inTransaction(async (transaction) => {
        await known(transaction, organization, id);
        await keepAnAdmin(transaction, organization, id);
        await store.removeMember(transaction, organization, id);
        const act = { organization, actor, action: 'member.removed', subject: `member:${id}` };
        await audit.record(act, transaction);
        return { ok: true as const };
      }),
    ),
  ];
}

async function known(
  transaction: Transaction<Tables>,
  organization: string,
  id: string,
): Promise<store.MemberRow> {
  const row = await store.findMember(transaction, organization, id);
  if (row === undefined) throw new AttuneError('member_not_found');
  return row;
}

/** @throws AttuneError `last_admin` when the organisation would have no admin without this member */
async function keepAnAdmin(
  transaction: Transaction<Tables>,
  organization: string,
  id: string,
): Promise<void> {
  const admins = await store.lockAdmins(transaction, organization);
  if (admins.length === 1 && admins[0]?.id === id) throw new AttuneError('last_admin');
}
