import { randomBytes } from 'node:crypto';
import pg from 'pg';

const serverUrl = process.env.ATTUNE_BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Runs `work` with a fresh PostgreSQL database, or with null where no server answers. */
export async function withBenchDatabase<T>(work: (url: string | null) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2000 });
  const name = `attune_bench_${randomBytes(6).toString('hex')}`;
  try {
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
  } catch (error) {
    process.stderr.write(`PostgreSQL is left out (ATTUNE_BENCH_DATABASE_URL): ${String(error)}\n`);
    return work(null);
  }
  try {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    return await work(url.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}
