import { silentLog } from '../log.ts';
import { openDatabase } from './open.ts';

// Run by a test as a process of its own: writes rows one after another and tells its parent of each one that was
// acknowledged, until it is killed.
const database = await openDatabase({ dataDir: process.argv[2] ?? '', log: silentLog });
await database.pool.query('CREATE TABLE IF NOT EXISTS written (id bigint PRIMARY KEY)');
const { rows } = await database.pool.query('SELECT coalesce(max(id), 0) AS last FROM written');
for (let id: number = rows[0].last + 1; ; id++) {
  await database.pool.query('INSERT INTO written VALUES ($1)', [id]);
  process.send?.(id);
}
