import { randomBytes } from 'node:crypto';
import type { Database } from '../db/open.ts';

/** A secret that every replica shares: made by the first that asks, read by the others. */
export async function sharedSecret(database: Database, name: string): Promise<Buffer> {
  await database.sql
    .insertInto('server_secrets')
    .values({ name, value: randomBytes(32).toString('base64') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await database.sql
    .selectFrom('server_secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return Buffer.from(row.value, 'base64');
}
