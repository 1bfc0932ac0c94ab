import { createHash } from 'node:crypto';
import { AttuneError, type Endpoint } from '@attune/contracts';
import type { Database } from '../db/open.ts';
import type { Log } from '../log.ts';
import { claim, type Kept, type KeyedRequest, keep, release, renew } from './idempotency-store.ts';

/** How often a running request says that it has not died. */
const RENEW_MS = 15_000;
const KEY = /^[\x21-\x7e]{1,200}$/;

interface Needs {
  readonly database: Database;
  readonly log: Log;
}

/**
 * Whether an Idempotency-Key counts: for writes only, and not for those whose answer holds a secret, since answers
 * are kept.
 */
export function takesKey({ method, role, answers = 'json', secretAnswer }: Endpoint): boolean {
  return method !== 'get' && role !== 'public' && answers === 'json' && secretAnswer !== true;
}

/**
 * The Idempotency-Key that a request runs under, if any.
 * @throws AttuneError `invalid_request` when it is no key
 */
export function keyOf(endpoint: Endpoint, request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || !takesKey(endpoint)) return null;
  if (!KEY.test(key)) {
    const message = 'An Idempotency-Key is 1 to 200 visible ASCII characters.';
    throw new AttuneError('invalid_request', { param: 'idempotency-key', message });
  }
  return key;
}

/**
 * Runs a write once per Idempotency-Key: a repetition gets the first answer again. Failures are not kept, so
 * that they can be retried.
 * @param request its fingerprint is method, address and body: a key belongs to one request
 * @throws AttuneError `idempotency_conflict` when the key was used for something else, `overloaded` while the
 * first request with it is still running.
 */
export async function once(
  needs: Needs,
  request: KeyedRequest & { readonly fingerprint: string },
  run: () => Promise<Response>,
): Promise<Response> {
  const { database } = needs;
  const hash = createHash('sha256').update(request.fingerprint).digest('hex');
  const kept = await claim(database, request, hash);
  if (kept !== null) return replay(kept, hash);
  const renewing = setInterval(() => void tried(needs, renew(database, request)), RENEW_MS);
  let response: Response | null = null;
  try {
    response = await run();
    return response;
  } finally {
    clearInterval(renewing);
    // What was done is done: the caller learns of it even when the key cannot be kept.
    await tried(needs, response?.ok ? keep(database, request, response) : release(database, request));
  }
}

async function tried({ log }: Needs, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.warn({ err: error }, 'an Idempotency-Key could not be kept up to date');
  }
}

function replay(kept: Kept, hash: string): Response {
  if (kept.request_hash !== hash) throw new AttuneError('idempotency_conflict', { param: 'idempotency-key' });
  if (kept.status === null) {
    throw new AttuneError('overloaded', {
      message: 'The first request with this Idempotency-Key is still running.',
      retryAfterSeconds: 1,
    });
  }
  return Response.json(kept.response, { status: kept.status, headers: { 'idempotent-replay': 'true' } });
}
