import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Caller } from '../http/caller.ts';
import type { FeedbackTokens } from './feedback-token.ts';
import { findJobOfToken, findKey, findSession, touchKeys } from './store.ts';
import { hashSecret } from './tokens.ts';

/** How long another replica may go on accepting a revoked key. */
const KEY_CACHE_MS = 5_000;
const LAST_USED_EVERY_MS = 60_000;

export interface Credentials {
  /** Value of the Authorization header. */
  readonly authorization: string | undefined;
  /** Session token from the cookie. */
  readonly session: string | undefined;
}

/** The secret in an Authorization header of the scheme Bearer. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Tells who makes a request. */
export interface Authenticator {
  /** Null when there are no credentials or they are not valid. */
  authenticate(credentials: Credentials): Promise<Caller | null>;
  /** Forgets a key at once, when it is revoked here. */
  forget(keyHash: string): void;
  stop(): Promise<void>;
}

export function createAuthenticator(database: Database, tokens: FeedbackTokens, clock: Clock): Authenticator {
  const keys = new LRUCache<string, { caller: Caller; id: string; expiresAt: Date | null }>({
    max: 10_000,
    ttl: KEY_CACHE_MS,
  });
  let forgets = 0;
  const used = new Set<string>();
  const flushUsed = async () => {
    const ids = [...used];
    used.clear();
    if (ids.length > 0) await touchKeys(database.sql, ids, clock.now());
  };
  // "Last used" is a hint for people: losing a minute of it in an outage is better than failing requests.
  const timer = setInterval(() => void flushUsed().catch(() => undefined), LAST_USED_EVERY_MS);
  timer.unref();

  async function byKey(secret: string): Promise<Caller | null> {
    const hash = hashSecret(secret);
    const known = keys.get(hash);
    if (known !== undefined && (known.expiresAt === null || known.expiresAt > clock.now())) {
      used.add(known.id);
      return known.caller;
    }
    const forgotten = forgets;
    const row = await findKey(database.sql, hash);
    if (row === undefined || (row.expires_at !== null && row.expires_at <= clock.now())) return null;
    const caller: Caller = {
      kind: 'key',
      organization: row.organization,
      role: row.role,
      scopes: row.scopes,
      principal: `key:${row.id}`,
      name: row.name,
      email: null,
    };
    // A key that was revoked while it was looked up must not be remembered.
    if (forgotten === forgets) keys.set(hash, { caller, id: row.id, expiresAt: row.expires_at });
    used.add(row.id);
    return caller;
  }

  function byFeedbackToken(token: string): Caller | null {
    const claims = tokens.verify(token);
    if (claims === null) return null;
    return {
      kind: 'feedback_token',
      organization: claims.organization,
      role: 'rater',
      scopes: ['collect'],
      principal: `token:${claims.responseId}`,
      name: claims.userId ?? 'anonymous',
      email: null,
      feedbackFor: { responseId: claims.responseId, userId: claims.userId },
    };
  }

  async function byJobToken(token: string): Promise<Caller | null> {
    const job = await findJobOfToken(database.sql, hashSecret(token), clock.now());
    if (job === undefined || job.job_id === null) return null;
    return {
      kind: 'job_token',
      organization: job.organization,
      role: 'trainer',
      scopes: ['learn'],
      principal: `job:${job.id}`,
      name: job.model_name,
      email: null,
      jobFor: { jobId: job.id, run: job.job_id },
    };
  }

  async function bySession(token: string): Promise<Caller | null> {
    const sessionHash = hashSecret(token);
    const member = await findSession(database.sql, sessionHash, clock.now());
    if (member === undefined) return null;
    return {
      kind: 'member',
      organization: member.organization,
      role: member.role,
      scopes: [],
      principal: `member:${member.id}`,
      name: member.name === '' ? member.email : member.name,
      email: member.email,
      sessionHash,
    };
  }

  return {
    async authenticate({ authorization, session }) {
      const bearer = bearerOf(authorization);
      if (bearer?.startsWith('fbt_')) return byFeedbackToken(bearer);
      if (bearer?.startsWith('atj_')) return byJobToken(bearer);
      if (bearer !== undefined) return byKey(bearer);
      if (session !== undefined) return bySession(session);
      return null;
    },
    forget(keyHash) {
      forgets += 1;
      keys.delete(keyHash);
    },
    async stop() {
      clearInterval(timer);
      await flushUsed();
    },
  };
}
