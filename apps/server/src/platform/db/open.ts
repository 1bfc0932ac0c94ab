import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { startPglite } from './pglite.ts';
import { createPool } from './pool.ts';
import type { Tables } from './tables.ts';

/**
 * The database, embedded or not: one driver, one dialect, one set of rules. They are those of a transaction
 * pooler, since the embedded database is one session shared by all connections: what belongs to a session (SET,
 * named prepared statements, LISTEN, temporary tables, session-level advisory locks) must not be used. Use
 * SET LOCAL and `pg_advisory_xact_lock` inside a transaction. Every query may reject with `DatabaseUnavailable`.
 */
export interface Database {
  readonly kind: 'pglite' | 'postgres';
  readonly sql: Kysely<Tables>;
  readonly pool: pg.Pool;
  /** Waits for running queries, then closes connections and, where embedded, the database itself. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** PostgreSQL, also through a transaction pooler. Without it the embedded database in `dataDir` is opened. */
  databaseUrl?: string | undefined;
  dataDir: string;
  log: Log;
  /** Connections to PostgreSQL at most; 10 unless given. */
  maxConnections?: number | undefined;
}

// One session does the embedded database's work: more connections would only queue there instead of here.
const EMBEDDED_CONNECTIONS = 8;

/**
 * Opens the database. PostgreSQL is connected to on first use, so that this succeeds while it is still away.
 * @throws FolderInUse when another process has the embedded database open
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.databaseUrl === undefined ? openEmbedded(options) : openServer(options, options.databaseUrl);
}

function openServer({ log, maxConnections = 10 }: DatabaseOptions, databaseUrl: string): Database {
  const pool = createPool({ connectionString: databaseUrl, max: maxConnections }, log);
  return { kind: 'postgres', sql: kyselyOn(pool), pool, close: once(() => pool.end()) };
}

async function openEmbedded({ dataDir, log }: DatabaseOptions): Promise<Database> {
  const server = await startPglite({ dataDir, log, maxConnections: EMBEDDED_CONNECTIONS });
  const pool = createPool(
    {
      host: server.socketFolder,
      user: 'postgres',
      database: 'postgres',
      max: EMBEDDED_CONNECTIONS,
      idleTimeoutMillis: 0,
    },
    log,
  );
  const close = once(async () => {
    await pool.end();
    await server.close();
  });
  return { kind: 'pglite', sql: kyselyOn(pool), pool, close };
}

/** Closing twice is closing once. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => (closed ??= close());
}

function kyselyOn(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
