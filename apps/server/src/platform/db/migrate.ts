import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Log } from '../log.ts';
import { type Migration, migrations } from './migrations.ts';
import type { Database } from './open.ts';
import { addVector } from './vector.ts';

/** The database was migrated by a newer release than this one. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';

  constructor(unknown: string[]) {
    super(
      `The database was upgraded by a newer release of Attune (${unknown.join(', ')} is not known here). ` +
        'Start that release or a later one, or restore the backup made before the upgrade.',
    );
  }
}

// Any number will do that nobody else uses: the bytes of "attune" and a 1.
const LOCK = 0x617474756e65n * 256n + 1n;

/**
 * Brings the schema up to date: in one transaction, under a lock that lets replicas starting together go one after
 * the other, so that each migration happens once and wholly or not at all. Adds pgvector first where there is one.
 * @param list the migrations of this release, unless given
 * @returns the names of the migrations applied now
 * @throws DatabaseTooNew, DatabaseUnavailable, or what a migration throws, with nothing changed
 */
export function migrate(
  { pool }: Pick<Database, 'pool'>,
  log: Log,
  list: readonly Migration[] = migrations,
): Promise<string[]> {
  // No schema is known to it: a migration speaks of tables as they were in its day.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK.toString()}::bigint)`.execute(trx);
    const hasVector = await addVector(trx);
    const pending = await pendingOf(list, await recorded(trx));
    for (const migration of pending) {
      await migration.up(trx, { hasVector });
      await sql`INSERT INTO attune_migrations (name) VALUES (${migration.name})`.execute(trx);
    }
    const applied = pending.map(({ name }) => name);
    if (applied.length > 0) log.info({ applied, pgvector: hasVector }, 'database migrated');
    return applied;
  });
}

async function recorded(trx: Transaction<unknown>): Promise<string[]> {
  await sql`CREATE TABLE IF NOT EXISTS attune_migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`.execute(trx);
  const { rows } = await sql<{ name: string }>`SELECT name FROM attune_migrations ORDER BY name`.execute(trx);
  return rows.map(({ name }) => name);
}

function pendingOf(list: readonly Migration[], done: string[]): Migration[] {
  const known = new Set(list.map(({ name }) => name));
  const unknown = done.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseTooNew(unknown);
  return list.filter(({ name }) => !done.includes(name));
}
