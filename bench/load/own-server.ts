import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttuneClient, createClient } from '@attune/sdk';
import pg from 'pg';
import { withBenchDatabase } from './bench-database.ts';
import { startProgram } from './process.ts';

const cli = join(import.meta.dirname, '../../apps/server/src/cli/attune.ts');

/** `attune up` in a process of its own, on a PostgreSQL database of its own. */
export interface OwnServer {
  readonly api: AttuneClient;
  /** Works on the server's database behind its back. */
  sql<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
}

/**
 * Runs `work` with a server that goes away afterwards, with everything in it.
 * @throws Error where no PostgreSQL answers
 */
export async function withOwnServer<T>(work: (server: OwnServer) => Promise<T>): Promise<T> {
  return withBenchDatabase(async (databaseUrl) => {
    if (databaseUrl === null) throw new Error('This bench needs PostgreSQL: set ATTUNE_BENCH_DATABASE_URL.');
    const folder = await mkdtemp(join(tmpdir(), 'attune-bench-'));
    const server = await startProgram(
      [cli, 'up', '--port', '0', '--data', folder],
      (output) => /running at (http:\S+)/.exec(output)?.[1] ?? null,
      { DATABASE_URL: databaseUrl, ATTUNE_LOG_LEVEL: 'warn' },
    );
    try {
      const apiKey = (await readFile(join(folder, 'attune.key'), 'utf8')).trim();
      return await work({
        api: createClient({ url: server.url.origin, apiKey }),
        sql: (job) => withClient(databaseUrl, job),
      });
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function withClient<T>(databaseUrl: string, job: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return await job(client);
  } finally {
    await client.end();
  }
}
