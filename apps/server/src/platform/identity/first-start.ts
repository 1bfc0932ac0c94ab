import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '../db/open.ts';
import { newId } from '../ids.ts';
import { findKey, firstAdmin, type MemberRow } from './store.ts';
import { hashSecret, newSecret } from './tokens.ts';

/** Where the command line on the same machine finds its key. */
export function keyFile(dataDir: string): string {
  return join(dataDir, 'attune.key');
}

/** The organisation's admin; made on the first start. */
export async function ensureAdmin(database: Database): Promise<{ admin: MemberRow; isNew: boolean }> {
  const existing = await firstAdmin(database.sql, 'default');
  if (existing !== undefined) return { admin: existing, isNew: false };
  const made = await database.sql
    .insertInto('members')
    .values({ id: newId(), organization: 'default', email: 'admin@localhost', name: 'Admin', role: 'admin' })
    .onConflict((conflict) => conflict.columns(['organization', 'email']).doNothing())
    .returning('id')
    .executeTakeFirst();
  const admin = await firstAdmin(database.sql, 'default');
  if (admin === undefined) throw new Error('The first admin could not be created.');
  // Of replicas that start at once, one made it.
  return { admin, isNew: made !== undefined };
}

/** The admin key in the data folder (mode 0600), made when it is missing or no longer valid. */
export async function ensureLocalKey(database: Database, dataDir: string): Promise<string> {
  const file = keyFile(dataDir);
  const existing = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (existing !== null && (await findKey(database.sql, hashSecret(existing))) !== undefined) return existing;
  const secret = newSecret('atn');
  await database.sql
    .insertInto('api_keys')
    .values({
      id: newId(),
      organization: 'default',
      name: 'Command line on the server machine',
      prefix: secret.slice(0, 8),
      key_hash: hashSecret(secret),
      role: 'admin',
      scopes: [],
    })
    .execute();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  // The mode above counts for a new file only.
  await chmod(file, 0o600);
  return secret;
}
