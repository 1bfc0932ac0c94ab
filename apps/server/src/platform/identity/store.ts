import type { Role, Room } from '@attune/contracts';
import type { Database } from '../db/open.ts';

/** The database itself or a transaction on it. */
type Sql = Database['sql'];

/** So long after its end a run may still bring what it had left to say. */
const LAST_WORDS_MS = 3_600_000;

export interface KeyRow {
  id: string;
  organization: string;
  name: string;
  role: Role;
  scopes: Room[];
  expires_at: Date | null;
}

export interface MemberRow {
  id: string;
  organization: string;
  email: string;
  name: string;
  role: Role;
  created_at: Date;
}

export interface OrganizationRow {
  id: string;
  name: string;
  compare_share: number | null;
  created_at: Date;
}

const organizationColumns = ['id', 'name', 'compare_share', 'created_at'] as const;
const memberColumns = ['id', 'organization', 'email', 'name', 'role', 'created_at'] as const;

export function findKey(sql: Sql, keyHash: string): Promise<KeyRow | undefined> {
  return sql
    .selectFrom('api_keys')
    .select(['id', 'organization', 'name', 'role', 'scopes', 'expires_at'])
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}

export async function touchKeys(sql: Sql, ids: readonly string[], at: Date): Promise<void> {
  await sql.updateTable('api_keys').set({ last_used_at: at }).where('id', 'in', ids).execute();
}

export function listKeys(sql: Sql, organization: string, before: string | null, limit: number) {
  return sql
    .selectFrom('api_keys')
    .selectAll()
    .where('organization', '=', organization)
    .where('revoked_at', 'is', null)
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function revokeKey(
  sql: Sql,
  organization: string,
  id: string,
  at: Date,
): Promise<string | null> {
  const row = await sql
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('key_hash')
    .executeTakeFirst();
  return row?.key_hash ?? null;
}

export function findSession(sql: Sql, tokenHash: string, now: Date) {
  return sql
    .selectFrom('sessions')
    .innerJoin('members', 'members.id', 'sessions.member_id')
    .select(['members.id', 'members.organization', 'members.email', 'members.name', 'members.role'])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .executeTakeFirst();
}

/** The job whose run has this token: a run speaks while its job runs, and for an hour after. */
export function findJobOfToken(sql: Sql, tokenHash: string, now: Date) {
  return sql
    .selectFrom('fine_tuning_jobs')
    .select(['id', 'organization', 'job_id', 'model_name'])
    .where('token_hash', '=', tokenHash)
    .where((job) =>
      job.or([
        job('completed_at', 'is', null),
        job('completed_at', '>', new Date(now.getTime() - LAST_WORDS_MS)),
      ]),
    )
    .executeTakeFirst();
}

/** Marks a link as used; null when it is unknown, used or expired. One statement, so that it works once only. */
export async function useLink(sql: Sql, tokenHash: string, now: Date): Promise<MemberRow | null> {
  const link = await sql
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('member_id')
    .executeTakeFirst();
  if (link === undefined) return null;
  return sql
    .selectFrom('members')
    .select(memberColumns)
    .where('id', '=', link.member_id)
    .executeTakeFirstOrThrow();
}

export function findMember(sql: Sql, organization: string, id: string): Promise<MemberRow | undefined> {
  return sql
    .selectFrom('members')
    .select(memberColumns)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function firstAdmin(sql: Sql, organization: string): Promise<MemberRow | undefined> {
  return sql
    .selectFrom('members')
    .select(memberColumns)
    .where('organization', '=', organization)
    .where('role', '=', 'admin')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

export function listMembers(sql: Sql, organization: string, after: string | null, limit: number) {
  return sql
    .selectFrom('members')
    .select(memberColumns)
    .where('organization', '=', organization)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Locks the organisation's admins, so that two demotions at once cannot leave none. */
export function lockAdmins(sql: Sql, organization: string) {
  return sql
    .selectFrom('members')
    .select('id')
    .where('organization', '=', organization)
    .where('role', '=', 'admin')
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function addMember(sql: Sql, row: MemberRow): Promise<boolean> {
  const added = await sql
    .insertInto('members')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization', 'email']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function changeMember(
  sql: Sql,
  organization: string,
  id: string,
  changes: { role: Role; name: string },
): Promise<void> {
  await sql
    .updateTable('members')
    .set(changes)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .execute();
}

/** Removes a member; their sessions and links go with them. */
export async function removeMember(sql: Sql, organization: string, id: string): Promise<void> {
  await sql.deleteFrom('members').where('organization', '=', organization).where('id', '=', id).execute();
}

export async function addOrganization(sql: Sql, id: string, name: string): Promise<boolean> {
  const added = await sql
    .insertInto('organizations')
    .values({ id, name })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export function findOrganization(sql: Sql, id: string): Promise<OrganizationRow> {
  return sql
    .selectFrom('organizations')
    .select(organizationColumns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** Changes what is given and leaves the rest; with nothing given, nothing. */
export function changeOrganization(
  sql: Sql,
  id: string,
  { name, compare_share }: { name?: string | undefined; compare_share?: number | null | undefined },
): Promise<OrganizationRow> {
  return sql
    .updateTable('organizations')
    .set((row) => ({
      name: name ?? row.ref('name'),
      compare_share: compare_share === undefined ? row.ref('compare_share') : compare_share,
    }))
    .where('id', '=', id)
    .returning(organizationColumns)
    .executeTakeFirstOrThrow();
}

export async function addKey(
  sql: Sql,
  row: KeyRow & { prefix: string; key_hash: string; created_at: Date },
): Promise<void> {
  await sql.insertInto('api_keys').values(row).execute();
}

export async function addSession(
  sql: Sql,
  { id, organization }: MemberRow,
  tokenHash: string,
  expiresAt: Date,
): Promise<void> {
  await sql
    .insertInto('sessions')
    .values({ token_hash: tokenHash, organization, member_id: id, expires_at: expiresAt })
    .execute();
}

export async function endSession(sql: Sql, tokenHash: string): Promise<void> {
  await sql.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

/** Forgets sessions and sign-in links that have expired. */
export async function forgetExpired(sql: Sql, now: Date): Promise<void> {
  await sql.deleteFrom('sessions').where('expires_at', '<', now).execute();
  await sql.deleteFrom('sign_in_links').where('expires_at', '<', now).execute();
}

export function listAudit(sql: Sql, organization: string, before: number | null, limit: number) {
  return sql
    .selectFrom('audit_log')
    .selectAll()
    .where('organization', '=', organization)
    .$if(before !== null, (query) => query.where('position', '<', before ?? 0))
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
}
