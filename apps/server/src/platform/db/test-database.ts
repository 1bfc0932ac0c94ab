import { createHash } from 'node:crypto';
import { cpSync, existsSync } from 'node:fs';
import { glob, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { z } from 'zod';
import { newId } from '../ids.ts';
import { type Log, silentLog } from '../log.ts';
import { migrate } from './migrate.ts';
import { type Database, openDatabase } from './open.ts';
import { openPglite } from './pglite-engine.ts';

const SERVER = process.env.ATTUNE_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const CACHE = fileURLToPath(new URL('../../../../../node_modules/.cache/attune/', import.meta.url));

/** The databases that tests run on. */
export const databaseKinds = ['pglite', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** An empty database of its own, opened, that the test removes when it is done. */
export interface TestDatabase {
  readonly database: Database;
  /** What `openDatabase` takes to open it once more. */
  readonly options: { databaseUrl: string | undefined; dataDir: string; log: Log };
  remove(): Promise<void>;
}

async function onServer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Why tests on this kind must be skipped, or false. */
export async function databaseMissing(kind: DatabaseKind): Promise<string | false> {
  if (kind === 'pglite') return false;
  try {
    await onServer((client) => client.query('SELECT 1'));
    return false;
  } catch {
    return 'no PostgreSQL answers at ATTUNE_TEST_DATABASE_URL';
  }
}

/** Makes an empty database on the test server; `url` opens it, `drop` removes it with whoever is connected. */
export async function createPostgresDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `attune_test_${newId().replaceAll('-', '')}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const drop = async () => {
    await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { url: url.href, drop };
}

async function pgliteVersion(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8'))).version;
}

/** Which template fits: by the embedded database's version and by all that makes tables. */
async function templateName(): Promise<string> {
  const sources = await Array.fromAsync(glob('**/*.ts', { cwd: import.meta.dirname }));
  const hash = createHash('sha256').update(await pgliteVersion());
  for (const source of sources.filter((path) => !path.includes('test')).sort())
    hash.update(await readFile(join(import.meta.dirname, source)));
  return hash.digest('hex').slice(0, 16);
}

interface Templates {
  readonly empty: string;
  readonly migrated: string;
}

async function makeTemplates(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const own = await mkdtemp(join(CACHE, 'making-'));
  try {
    await mkdir(join(own, 'empty'));
    await (await openPglite(join(own, 'empty/database'))).close();
    cpSync(join(own, 'empty'), join(own, 'migrated'), { recursive: true });
    const options = { databaseUrl: undefined, dataDir: join(own, 'migrated'), log: silentLog };
    const database = await openDatabase(options);
    await migrate(database, silentLog);
    await database.close();
    await rename(own, folder);
    await removeOtherTemplates(folder);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Those of other tables or versions; what another process is making stays. */
async function removeOtherTemplates(folder: string): Promise<void> {
  const finished = (await readdir(CACHE)).filter((name) => !name.startsWith('making-'));
  for (const other of finished.filter((name) => name !== basename(folder)))
    await rm(join(CACHE, other), { recursive: true, force: true });
}

/** Making and migrating an embedded database takes seconds, copying one does not: the first test leaves two to copy. */
async function templates(): Promise<Templates> {
  const folder = join(CACHE, await templateName());
  // Another test process may have been faster: then its templates serve.
  if (!existsSync(folder))
    await makeTemplates(folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  return { empty: join(folder, 'empty/database'), migrated: join(folder, 'migrated/database') };
}

/** Lays an embedded database into a folder for data, with no row, and with every table of this release or with none. */
export async function layDatabase(dataDir: string, kind: keyof Templates): Promise<void> {
  // Of a thousand small files: the asynchronous copy takes ten times as much of the processor.
  cpSync((await templates())[kind], join(dataDir, 'database'), { recursive: true });
}

/** A new folder for a test's data, holding an embedded database that is ready to be opened. */
export async function createDataFolder(kind: keyof Templates = 'empty'): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'attune-test-'));
  await layDatabase(dataDir, kind);
  return dataDir;
}

async function openOnPglite(log: Log, kind: keyof Templates): Promise<TestDatabase> {
  const dataDir = await createDataFolder(kind);
  const options = { databaseUrl: undefined, dataDir, log };
  const database = await openDatabase(options);
  const remove = async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { database, options, remove };
}

async function openOnPostgres(log: Log): Promise<TestDatabase> {
  const { url, drop } = await createPostgresDatabase();
  const options = { databaseUrl: url, dataDir: tmpdir(), log };
  const database = await openDatabase(options);
  const remove = async () => {
    await database.close();
    await drop();
  };
  return { database, options, remove };
}

/** Opens a new empty database of a kind; see `databaseMissing` for whether that can be done here. */
export function openTestDatabase(kind: DatabaseKind, log: Log = silentLog): Promise<TestDatabase> {
  return kind === 'pglite' ? openOnPglite(log, 'empty') : openOnPostgres(log);
}

/** As `openTestDatabase`, with every table of this release. */
export async function openMigratedDatabase(kind: DatabaseKind, log: Log = silentLog): Promise<TestDatabase> {
  if (kind === 'pglite') return openOnPglite(log, 'migrated');
  const test = await openOnPostgres(log);
  await migrate(test.database, log);
  return test;
}
