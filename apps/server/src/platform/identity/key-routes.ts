import { type ApiKey, AttuneError, createKey, listKeys, revokeKey } from '@attune/contracts';
import { decodeId, toPage } from '../http/page.ts';
import { type Route, route } from '../http/route.ts';
import { newId } from '../ids.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import * as store from './store.ts';
import { hashSecret, newSecret } from './tokens.ts';

type ListedKey = Awaited<ReturnType<typeof store.listKeys>>[number];

function toKey(row: Omit<ListedKey, 'organization' | 'key_hash' | 'revoked_at'>): ApiKey {
  const { id, name, prefix, role, scopes, created_at, expires_at, last_used_at } = row;
  return {
    id,
    name,
    prefix,
    role,
    scopes,
    created_at: created_at.toISOString(),
    expires_at: expires_at?.toISOString() ?? null,
    last_used_at: last_used_at?.toISOString() ?? null,
  };
}

/** API keys: made, listed, revoked. */
export function keyRoutes({ database, clock, audit, authenticator }: IdentityNeeds): Route[] {
  return [
    route(createKey, async ({ body, caller: { organization, principal: actor } }) => {
      const now = clock.now();
      const expires_at = body.expires_at === undefined ? null : new Date(body.expires_at);
      if (expires_at !== null && expires_at <= now) {
        throw new AttuneError('invalid_request', {
          param: 'expires_at',
          message: '`expires_at` has passed already.',
        });
      }
      const key = newSecret('atn');
      const { name, role, scopes } = body;
      const row = { id: newId(), name, prefix: key.slice(0, 8), role, scopes, created_at: now, expires_at };
      await database.sql.transaction().execute(async (transaction) => {
        await store.addKey(transaction, { ...row, organization, key_hash: hashSecret(key) });
        const details = { name, role, scopes };
        const act = { organization, actor, action: 'key.created', subject: `key:${row.id}`, details };
        await audit.record(act, transaction);
      });
      return { ...toKey({ ...row, last_used_at: null }), key };
    }),
    route(listKeys, async ({ query, caller }) => {
      const before = query.cursor === undefined ? null : decodeId(query.cursor);
      const rows = await store.listKeys(database.sql, caller.organization, before, query.limit + 1);
      return toPage(rows, query.limit, (row) => [row.id], toKey);
    }),
    route(revokeKey, async ({ params, caller: { organization, principal: actor } }) => {
      const hash = await database.sql.transaction().execute(async (transaction) => {
        const revoked = await store.revokeKey(transaction, organization, params.id, clock.now());
        if (revoked === null) throw new AttuneError('key_not_found');
        const act = { organization, actor, action: 'key.revoked', subject: `key:${params.id}` };
        await audit.record(act, transaction);
        return revoked;
      });
      authenticator.forget(hash);
      return { ok: true as const };
    }),
  ];
}
