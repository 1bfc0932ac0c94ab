import { AttuneError, type Me, signIn, signOut, whoAmI } from '@attune/contracts';
import type { RateLimiter } from '../cache/rate-limiter.ts';
import type { Caller } from '../http/caller.ts';
import { publicRoute, type Route, route } from '../http/route.ts';
import type { IdentityNeeds } from './identity-needs.ts';
import { SESSION_DAYS, sessionCookie } from './session-cookie.ts';
import * as store from './store.ts';
import { hashSecret, newSecret } from './tokens.ts';

/** Tokens cannot be guessed; the limit keeps those who try from keeping the database busy. */
const SIGN_INS = { points: 20, seconds: 60 };

/** Sign-in, sign-out, and who one is. */
export function sessionRoutes({ database, clock, limiter, publicUrl }: IdentityNeeds): Route[] {
  const cookie = (token: string) => sessionCookie(token, publicUrl().startsWith('https:'));
  return [
    publicRoute(signIn, async ({ body, remoteAddress }) => {
      await limitSignIns(limiter, remoteAddress);
      const token = newSecret('ats');
      // The link is used up only together with the session that it opens.
      const member = await database.sql.transaction().execute(async (transaction) => {
        const used = await store.useLink(transaction, hashSecret(body.token), clock.now());
        if (used !== null)
          await store.addSession(transaction, used, hashSecret(token), sessionEnd(clock.now()));
        return used;
      });
      if (member === null) throw new AttuneError('sign_in_link_invalid');
      const { organization, role, name, email } = member;
      const me: Me = { kind: 'member', organization, role, scopes: [], name, email };
      return Response.json(me, { headers: { 'set-cookie': cookie(token) } });
    }),
    route(signOut, async ({ caller }) => {
      if (caller.sessionHash !== undefined) await store.endSession(database.sql, caller.sessionHash);
      return Response.json({ ok: true }, { headers: { 'set-cookie': cookie('') } });
    }),
    route(whoAmI, async ({ caller }) => describe(caller)),
  ];
}

async function limitSignIns(limiter: RateLimiter, remoteAddress = 'unknown'): Promise<void> {
  const { allowed, retryAfterSeconds } = await limiter.consume(`sign-in:${remoteAddress}`, SIGN_INS);
  if (!allowed) throw new AttuneError('rate_limited', { retryAfterSeconds });
}

function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + SESSION_DAYS * 86_400_000);
}

function describe({ kind, organization, role, name, email, scopes }: Caller): Me {
  return { kind, organization, role, scopes: [...scopes], name, email };
}
