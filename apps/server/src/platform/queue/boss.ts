import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Database } from '../db/open.ts';
import type { Log } from '../log.ts';
import { RareWarning } from '../rare-warning.ts';

export interface BossOptions {
  database: Database;
  log: Log;
  /** How often dead workers and due schedules are looked for; pg-boss's own intervals (60 s, 30 s) are 15 s here. */
  watchSeconds?: number;
}

// Any number will do that nobody else uses: the bytes of "attune" and a 2.
const LOCK = 0x617474756e65n * 256n + 2n;

/**
 * Starts pg-boss on the server's own connections. It makes its tables in the schema `pgboss`; replicas that start
 * together do so one after the other.
 */
export async function startBoss({ database, log, watchSeconds = 15 }: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.pool.query(text, values) },
    backend: database.kind,
    superviseIntervalSeconds: watchSeconds,
    monitorIntervalSeconds: watchSeconds,
    cronMonitorIntervalSeconds: watchSeconds,
    cronWorkerIntervalSeconds: Math.min(watchSeconds, 5),
    // The embedded database has no autovacuum to watch; it is vacuumed by its own thread.
    monitorVacuum: database.kind === 'postgres',
  });
  const errors = new RareWarning({ log, message: 'the job queue could not work' });
  boss.on('error', (error) => errors.warn(error));
  boss.on('warning', (warning) => log.warn({ warning }, 'the job queue warns'));
  await oneByOne(database, () => boss.start());
  return boss;
}

/**
 * pg-boss takes a lock of its own, but looks for its schema before it has it: of two replicas that both found none,
 * the second may fail. The embedded database has one server only, and no second connection to hold a lock with.
 */
async function oneByOne(database: Database, start: () => Promise<unknown>): Promise<void> {
  if (database.kind === 'pglite') return void (await start());
  await database.sql.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK.toString()}::bigint)`.execute(transaction);
    await start();
  });
}
