import { tmpdir } from 'node:os';
import { openDatabase } from '../db/open.ts';
import { silentLog } from '../log.ts';
import { openQueue } from './open.ts';

// Run by a test as a process of its own: takes up a job, says so, and never ends it.
const [dataDir = tmpdir(), databaseUrl] = process.argv.slice(2);
const database = await openDatabase({ dataDir, databaseUrl, log: silentLog });
const queue = await openQueue<{ slow: { note: string } }>({ database, log: silentLog });
queue.define('slow', async (job) => {
  process.send?.(job.attempt);
  await new Promise(() => undefined);
});
await queue.start();
await queue.send('slow', { note: 'unfinished' });
