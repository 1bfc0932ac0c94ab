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

/**
 * Starts pg-boss on the server's own connections. It makes its tables in the schema `pgboss`, under a lock of its
 * own, so that replicas may start together.
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
  await boss.start();
  return boss;
}
