import { createHash } from 'node:crypto';
import { AttuneError } from '@attune/contracts';
import type { Database } from '../db/open.ts';

/** Keys are remembered for a day, as long as a client can be expected to retry. */
const REMEMBERED_HOURS = 24;
/** A request that left its key open this long ago has died with its replica. */
const ABANDONED_SECONDS = 60;

export interface KeyedRequest {
  readonly organization: string;
  readonly principal: string;
  readonly key: string;
  /** Method, path and body: a key belongs to one request. */
  readonly fingerprint: string;
}

/**
 * Runs a write once per Idempotency-Key: a repetition gets the first answer again. Failures are not kept, so
 * that they can be retried.
 * @throws AttuneError `idempotency_conflict` when the key was used for something else, `overloaded` while the
 * first request with it is still running.
 */
export async function once(
  database: Database,
  request: KeyedRequest,
  run: () => Promise<Response>,
): Promise<Response> {
  const hash = createHash('sha256').update(request.fingerprint).digest('hex');
  const kept = await claim(database, request, hash);
  if (kept !== null) return replay(kept, hash);
  try {
    const response = await run();
    if (response.ok) await keep(database, request, response);
    else await release(database, request);
    return response;
  } catch (error) {
    await release(database, request);
    throw error;
  }
}

interface Kept {
  request_hash: string;
  status: number | null;
  response: unknown;
}

async function claim(database: Database, request: KeyedRequest, hash: string): Promise<Kept | null> {
  const { organization, principal, key } = request;
  const now = Date.now();
  await database.sql
    .deleteFrom('idempotency_keys')
    .where('organization', '=', organization)
    .where('principal', '=', principal)
    .where('key', '=', key)
    .where((row) =>
      row.or([
        row('created_at', '<', new Date(now - REMEMBERED_HOURS * 3_600_000)),
        row.and([
          row('status', 'is', null),
          row('created_at', '<', new Date(now - ABANDONED_SECONDS * 1000)),
        ]),
      ]),
    )
    .execute();
  const claimed = await database.sql
    .insertInto('idempotency_keys')
    .values({ organization, principal, key, request_hash: hash, status: null })
    .onConflict((conflict) => conflict.columns(['organization', 'principal', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (claimed !== undefined) return null;
  return mine(database, request);
}

async function mine(database: Database, { organization, principal, key }: KeyedRequest): Promise<Kept> {
  const row = await database.sql
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'response'])
    .where('organization', '=', organization)
    .where('principal', '=', principal)
    .where('key', '=', key)
    .executeTakeFirst();
  // Released between the two statements: the first request failed just now.
  if (row === undefined) throw new AttuneError('overloaded', { retryAfterSeconds: 1 });
  return row;
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

async function keep(database: Database, request: KeyedRequest, response: Response): Promise<void> {
  const { organization, principal, key } = request;
  await database.sql
    .updateTable('idempotency_keys')
    .set({ status: response.status, response: JSON.stringify(await response.clone().json()) })
    .where('organization', '=', organization)
    .where('principal', '=', principal)
    .where('key', '=', key)
    .execute();
}

async function release(database: Database, { organization, principal, key }: KeyedRequest): Promise<void> {
  await database.sql
    .deleteFrom('idempotency_keys')
    .where('organization', '=', organization)
    .where('principal', '=', principal)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute();
}
