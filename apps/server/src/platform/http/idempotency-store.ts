import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../db/open.ts';
import type { Tables } from '../db/tables.ts';

/** Keys are remembered for a day, as long as a client can be expected to retry. */
const REMEMBERED_MS = 24 * 3_600_000;
/** A running request that has not been renewed for this long has died with its replica. */
const ABANDONED_MS = 60_000;

export interface KeyedRequest {
  readonly organization: string;
  readonly principal: string;
  readonly key: string;
}

/** What is known of the first request with a key; `status` is null while it runs. */
export interface Kept {
  readonly request_hash: string;
  readonly status: number | null;
  readonly response: unknown;
}

type Row = ExpressionBuilder<Tables, 'idempotency_keys'>;

const of =
  ({ organization, principal, key }: KeyedRequest) =>
  (row: Row) =>
    row.and({ organization, principal, key });

const isOver = (row: Row) =>
  row.or([
    row('created_at', '<', new Date(Date.now() - REMEMBERED_MS)),
    row.and([row('status', 'is', null), row('created_at', '<', new Date(Date.now() - ABANDONED_MS))]),
  ]);

/** Takes the key for this request and returns null, or returns what is known of the request that has it. */
export async function claim({ sql }: Database, request: KeyedRequest, hash: string): Promise<Kept | null> {
  const { organization, principal, key } = request;
  const row = { organization, principal, key, request_hash: hash, status: null, created_at: new Date() };
  // The holder may let go between two statements: then it is our turn to try again.
  for (;;) {
    await sql.deleteFrom('idempotency_keys').where(of(request)).where(isOver).execute();
    const claimed = await sql
      .insertInto('idempotency_keys')
      .values(row)
      .onConflict((conflict) => conflict.columns(['organization', 'principal', 'key']).doNothing())
      .returning('key')
      .executeTakeFirst();
    if (claimed !== undefined) return null;
    const kept = await sql
      .selectFrom('idempotency_keys')
      .select(['request_hash', 'status', 'response'])
      .where(of(request))
      .executeTakeFirst();
    if (kept !== undefined) return kept;
  }
}

/** Says that the request with this key still runs. */
export async function renew({ sql }: Database, request: KeyedRequest): Promise<void> {
  await sql
    .updateTable('idempotency_keys')
    .set({ created_at: new Date() })
    .where(of(request))
    .where('status', 'is', null)
    .execute();
}

/** Keeps the answer, to be given again. */
export async function keep({ sql }: Database, request: KeyedRequest, response: Response): Promise<void> {
  await sql
    .updateTable('idempotency_keys')
    .set({ status: response.status, response: JSON.stringify(await response.clone().json()) })
    .where(of(request))
    .execute();
}

/** Gives the key back, so that the request can be tried again. */
export async function release({ sql }: Database, request: KeyedRequest): Promise<void> {
  await sql.deleteFrom('idempotency_keys').where(of(request)).where('status', 'is', null).execute();
}

/** Forgets every key whose time is over. */
export async function forgetOldKeys({ sql }: Database): Promise<void> {
  await sql.deleteFrom('idempotency_keys').where(isOver).execute();
}
