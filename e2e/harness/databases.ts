import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import pg from 'pg';

/** PostgreSQL for tests; the database named in it must allow creating others. */
const serverUrl = process.env.ATTUNE_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A database to run a test on; `prepare` gives the settings for a server, or why it cannot be had. */
export interface TestDatabase {
  readonly name: 'PGlite' | 'PostgreSQL';
  prepare(t: TestContext): Promise<{ settings: Record<string, string> } | { missing: string }>;
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

async function freshDatabase(
  t: TestContext,
): Promise<{ settings: Record<string, string> } | { missing: string }> {
  const name = `attune_test_${randomBytes(6).toString('hex')}`;
  try {
    await withAdmin((client) => client.query(`CREATE DATABASE ${name}`));
  } catch (error) {
    return { missing: `no PostgreSQL answers at ATTUNE_TEST_DATABASE_URL: ${String(error)}` };
  }
  t.after(() => withAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { settings: { DATABASE_URL: url.href } };
}

/** Both databases that Attune runs on: what holds on one must hold on the other. */
export const databases: readonly TestDatabase[] = [
  { name: 'PGlite', prepare: async () => ({ settings: {} }) },
  { name: 'PostgreSQL', prepare: freshDatabase },
];
