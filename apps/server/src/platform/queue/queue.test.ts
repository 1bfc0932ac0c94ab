import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../db/open.ts';
import { databaseKinds, databaseMissing, openTestDatabase } from '../db/test-database.ts';
import { silentLog } from '../log.ts';
import { openQueue } from './open.ts';
import { queueContract } from './queue.contract.ts';

for (const kind of databaseKinds) await queueContract(kind);

test('replicas start together, share the work, and do each job once', {
  skip: await databaseMissing('postgres'),
}, async (t) => {
  const it = await openTestDatabase('postgres');
  const databases = await Promise.all([1, 2, 3].map(() => openDatabase(it.options)));
  const queues = await Promise.all(
    databases.map((database) => openQueue<{ count: { n: number } }>({ database, log: silentLog })),
  );
  t.after(async () => {
    await Promise.all(queues.map((queue) => queue.stop(1000)));
    await Promise.all(databases.map((database) => database.close()));
    await it.remove();
  });
  const done: number[] = [];
  for (const queue of queues) {
    queue.define('count', async ({ data }) => void done.push(data.n), { concurrency: 5 });
    await queue.start();
  }
  await Promise.all(Array.from({ length: 30 }, (_, n) => queues[n % 3]?.send('count', { n })));
  while (done.length < 30) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(
    done.toSorted((a, b) => a - b),
    Array.from({ length: 30 }, (_, n) => n),
  );
});
