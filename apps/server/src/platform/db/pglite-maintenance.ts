import type { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';

const WAL_BYTES_PER_CHECKPOINT = 64 * 1024 * 1024;

const tables = z.array(z.object({ name: z.string() }));
const walBytes = z.tuple([z.object({ bytes: z.coerce.number() })]);

// Thresholds of PostgreSQL's own autovacuum (documentation, "Automatic Vacuuming"), the fixed parts larger, since
// a vacuum here keeps everybody waiting.
const WORN_TABLES = `
  SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables
  WHERE n_dead_tup > 1000 + 0.2 * n_live_tup OR n_mod_since_analyze > 1000 + 0.1 * n_live_tup
  ORDER BY n_dead_tup DESC LIMIT 1`;

const WAL_SINCE_CHECKPOINT = `
  SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) AS bytes FROM pg_control_checkpoint()`;

/**
 * Does what PostgreSQL's background processes do elsewhere, since the embedded engine has none and would let its log
 * and its dead rows grow for ever: a checkpoint when much was logged, and vacuum with analyze for the table that
 * needs it most. A single step each, so that nobody waits long.
 */
export async function maintain(db: PGlite): Promise<void> {
  const wal = walBytes.parse((await db.query(WAL_SINCE_CHECKPOINT)).rows);
  if (wal[0].bytes > WAL_BYTES_PER_CHECKPOINT) await db.exec('CHECKPOINT');
  for (const { name } of tables.parse((await db.query(WORN_TABLES)).rows)) {
    await db.exec(`VACUUM (ANALYZE) ${name}`);
  }
}
