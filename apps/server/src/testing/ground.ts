import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Database, openDatabase } from '../platform/db/open.ts';
import { type DatabaseKind, openMigratedDatabase } from '../platform/db/test-database.ts';
import { newId } from '../platform/ids.ts';

/** A migrated database of a kind and a folder for blobs, which the tests of one file share. */
export interface Ground {
  readonly database: Database;
  /** One more replica's connections. The embedded database is open once: there replicas share them. */
  openAgain(): Promise<Database>;
  readonly blobFolder: string;
}

// Making a database takes seconds: the tests of a file share one of each kind, and each has organisations of its own.
const grounds = new Map<DatabaseKind, Promise<Ground>>();
const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

/** Made when it is first asked for; goes with the file's last test. */
export function groundOf(kind: DatabaseKind): Promise<Ground> {
  const ground = grounds.get(kind) ?? prepare(kind);
  grounds.set(kind, ground);
  return ground;
}

/** Closes something with the file's last test, before the databases. */
export function closeLast(close: () => Promise<void>): void {
  closers.push(close);
}

/** An organisation for a test, and another on the same database. */
export async function newOrganizations({ database }: Ground): Promise<[string, string]> {
  const [one, other] = [newId(), newId()];
  const names = [one, other].map((id) => ({ id, name: id }));
  await database.sql.insertInto('organizations').values(names).execute();
  return [one, other];
}

async function prepare(kind: DatabaseKind): Promise<Ground> {
  const { database, options, remove } = await openMigratedDatabase(kind);
  closers.push(remove);
  const blobFolder = await mkdtemp(join(tmpdir(), 'attune-'));
  closers.push(() => rm(blobFolder, { recursive: true, force: true }));
  const openAgain = async () => (kind === 'pglite' ? database : await openDatabase(options));
  return { database, openAgain, blobFolder };
}
