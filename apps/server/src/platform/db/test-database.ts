import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { z } from 'zod';
import { newId } from '../ids.ts';
import { type Log, silentLog } from '../log.ts';
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

/** Making an embedded database takes seconds, copying one does not: the first test leaves one to copy. */
async function copyEmptyDatabase(folder: string): Promise<void> {
  const template = join(CACHE, `pglite-${await pgliteVersion()}`);
  if (!existsSync(template)) {
    await mkdir(CACHE, { recursive: true });
    const own = await mkdtemp(join(CACHE, 'making-'));
    await (await openPglite(join(own, 'database'))).close();
    // Another test process may have been faster: then its copy serves.
    await rename(join(own, 'database'), template).catch((error: unknown) => {
      if (!existsSync(template)) throw error;
    });
    await rm(own, { recursive: true, force: true });
  }
  await cp(template, folder, { recursive: true });
}

/** A new folder for a test's data, holding an embedded database that is ready to be opened. */
export async function createDataFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'attune-test-'));
  await copyEmptyDatabase(join(dataDir, 'database'));
  return dataDir;
}

async function openOnPglite(log: Log): Promise<TestDatabase> {
  const dataDir = await createDataFolder();
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
  return kind === 'pglite' ? openOnPglite(log) : openOnPostgres(log);
}
