import { randomBytes } from 'node:crypto';
import { after } from 'node:test';
import pg from 'pg';

/** PostgreSQL for tests; the database named in it must allow creating others. */
const serverUrl = process.env.ATTUNE_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database to run a test on; `prepare` gives the settings for a server, or why it cannot be had. */
export interface TestDatabase {
  readonly name: 'PGlite' | 'PostgreSQL';
  prepare(): Promise<{ settings: Record<string, string> } | { missing: string }>;
}

async function withAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

// When the last test of the file is over: every server on them has stopped by then.
const created: string[] = [];
after(() => Promise.all(created.map(drop)));

function drop(name: string): Promise<unknown> {
  return withAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

async function freshDatabase(): Promise<{ settings: Record<string, string> } | { missing: string }> {
  const name = `attune_test_${randomBytes(6).toString('hex')}`;
  try {
    await withAdmin((client) => client.query(`CREATE DATABASE ${name}`));
  } catch (error) {
    return { missing: `no PostgreSQL answers at ATTUNE_TEST_DATABASE_URL: ${String(error)}` };
  }
  created.push(name);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { settings: { DATABASE_URL: url.href } };
}

/** Both databases that Attune runs on: what holds on one must hold on the other. */
export const databases: readonly TestDatabase[] = [
  { name: 'PGlite', prepare: async () => ({ settings: {} }) },
  { name: 'PostgreSQL', prepare: freshDatabase },
];
