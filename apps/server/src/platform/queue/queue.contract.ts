import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, type TestContext, test } from 'node:test';
import { openDatabase } from '../db/open.ts';
import {
  type DatabaseKind,
  databaseMissing,
  openTestDatabase,
  type TestDatabase,
} from '../db/test-database.ts';
import { silentLog } from '../log.ts';
import { openQueue } from './open.ts';
import type { Job, Queue } from './queue.ts';

type Types = { greet: { name: string }; slow: { note: string }; nightly: { report: string } };

async function eventually(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let left = 1000; !(await condition()); left--) {
    assert.ok(left > 0, 'it never came true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What `Queue` must do on a kind of database. */
export async function queueContract(kind: DatabaseKind): Promise<void> {
  describe(`queue on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let it: TestDatabase;
    before(async () => {
      it = await openTestDatabase(kind);
    });
    after(() => it.remove());

    /** A queue on tables of its own. */
    async function open(t: TestContext): Promise<Queue<Types>> {
      const queue = await openQueue<Types>({ database: it.database, log: silentLog, watchSeconds: 1 });
      t.after(async () => {
        await queue.stop(1000);
        await it.database.pool.query('DROP SCHEMA pgboss CASCADE');
      });
      return queue;
    }

    test('does what was sent before and after its start, each job once', async (t) => {
      const queue = await open(t);
      const greeted: string[] = [];
      queue.define('greet', async ({ data, attempt }) => void greeted.push(`${data.name} ${attempt}`), {
        concurrency: 3,
      });
      await queue.send('greet', { name: 'Ada' });
      await queue.start();
      await Promise.all(['Grace', 'Edsger', 'Barbara'].map((name) => queue.send('greet', { name })));
      await eventually(() => greeted.length === 4);
      await queue.send('greet', { name: 'Donald' });
      await eventually(() => greeted.length === 5);
      assert.deepEqual(greeted.toSorted(), ['Ada 1', 'Barbara 1', 'Donald 1', 'Edsger 1', 'Grace 1']);
    });

    test('tries again what failed, as often as it was told, and no more', async (t) => {
      const queue = await open(t);
      const attempts: number[] = [];
      queue.define('greet', async ({ attempt }) => {
        attempts.push(attempt);
        throw new Error('not today');
      });
      await queue.start();
      await queue.send('greet', { name: 'Ada' }, { retry: { limit: 2, delaySeconds: 0 } });
      await eventually(() => attempts.length === 3);
      const again = await queue.send(
        'greet',
        { name: 'Ada' },
        { key: 'one', retry: { limit: 0, delaySeconds: 0 } },
      );
      assert.ok(again);
      await eventually(() => attempts.length === 4);
      assert.deepEqual(attempts, [1, 2, 3, 1]);
    });

    test('takes a key only once while its job waits or runs', async (t) => {
      const queue = await open(t);
      const gate = Promise.withResolvers<void>();
      const running = new Promise<void>((resolve) => {
        queue.define('slow', () => {
          resolve();
          return gate.promise;
        });
      });
      assert.ok(await queue.send('slow', { note: 'a' }, { key: 'k' }));
      assert.equal(await queue.send('slow', { note: 'b' }, { key: 'k' }), null);
      assert.ok(
        await queue.send(
          'slow',
          { note: 'c' },
          { key: 'other', startAfter: new Date(Date.now() + 3_600_000) },
        ),
      );
      await queue.start();
      await running;
      assert.equal(await queue.send('slow', { note: 'd' }, { key: 'k' }), null);
      gate.resolve();
      await eventually(async () => (await queue.send('slow', { note: 'e' }, { key: 'k' })) !== null);
    });

    test('leaves what is for later, and counts what waits', async (t) => {
      const queue = await open(t);
      const done: string[] = [];
      queue.define('greet', async ({ data }) => void done.push(data.name));
      await queue.send('greet', { name: 'later' }, { startAfter: new Date(Date.now() + 3_600_000) });
      await queue.send('greet', { name: 'soon' }, { startAfter: new Date(Date.now() + 700) });
      await queue.send('slow', { note: 'nobody does this here' });
      assert.equal((await queue.depths()).slow, 1);
      await queue.start();
      await eventually(() => done.length === 1);
      assert.deepEqual(done, ['soon']);
    });

    test('a job that is cancelled is not done; one that runs hears of it and is not retried', async (t) => {
      const queue = await open(t);
      const greeted: string[] = [];
      queue.define('greet', async ({ data }) => void greeted.push(data.name));
      let attempts = 0;
      let heard: unknown;
      const running = new Promise<void>((resolve) => {
        queue.define('slow', async ({ signal }) => {
          attempts += 1;
          resolve();
          await once(signal, 'abort');
          heard = signal.reason;
          throw new Error('gave up');
        });
      });
      const unwanted = await queue.send('greet', { name: 'unwanted' });
      await queue.cancel('greet', unwanted ?? '');
      const slow = await queue.send('slow', { note: 'x' }, { retry: { limit: 5, delaySeconds: 0 } });
      await queue.start();
      await running;
      await queue.cancel('slow', slow ?? '');
      await eventually(() => heard instanceof Error);
      await queue.send('greet', { name: 'wanted' });
      await eventually(() => greeted.length === 1);
      assert.deepEqual([greeted, attempts], [['wanted'], 1]);
    });

    test('a handler can say that it is alive, and learns when the job is no longer its own', async (t) => {
      const queue = await open(t);
      const answers: boolean[] = [];
      queue.define('slow', async (job: Job<{ note: string }>) => {
        answers.push(await job.heartbeat());
        await queue.cancel('slow', job.id);
        answers.push(await job.heartbeat());
      });
      await queue.start();
      await queue.send('slow', { note: 'x' });
      await eventually(() => answers.length === 2);
      assert.deepEqual(answers, [true, false]);
    });

    test('runs on schedule, and forgets a schedule that is no longer made', async (t) => {
      const queue = await open(t);
      const reports: string[] = [];
      queue.define('nightly', async ({ data }) => void reports.push(data.report));
      await queue.schedule('nightly', '* * * * *', { report: 'minutes' });
      await queue.start();
      await eventually(() => reports.length > 0);
      assert.equal(reports[0], 'minutes');
      await queue.stop(1000);
      const next = await openQueue<Types>({ database: it.database, log: silentLog, watchSeconds: 1 });
      await next.start();
      await next.stop(1000);
      const { rows } = await it.database.pool.query('SELECT count(*) AS n FROM pgboss.schedule');
      assert.equal(rows[0].n, 0);
    });

    test('refuses a cron expression that is none', async (t) => {
      const queue = await open(t);
      await assert.rejects(queue.schedule('nightly', 'every night', { report: 'x' }));
    });

    test('stops only when what runs is done', async (t) => {
      const queue = await open(t);
      let finished = false;
      const running = new Promise<void>((resolve) => {
        queue.define('slow', async () => {
          resolve();
          await new Promise((later) => setTimeout(later, 300));
          finished = true;
        });
      });
      await queue.start();
      await queue.send('slow', { note: 'x' });
      await running;
      await queue.stop(10_000);
      assert.equal(finished, true);
    });

    test('what a stop cut off is done by the next process', async (t) => {
      const queue = await open(t);
      let told = false;
      const running = new Promise<void>((resolve) => {
        queue.define('slow', async ({ signal }) => {
          resolve();
          await once(signal, 'abort');
          told = true;
        });
      });
      await queue.start();
      await queue.send('slow', { note: 'x' }, { retry: { limit: 1, delaySeconds: 0 } });
      await running;
      await queue.stop(1000);
      assert.equal(told, true);
      const next = await openQueue<Types>({ database: it.database, log: silentLog });
      let attempt = 0;
      next.define('slow', async (job) => {
        attempt = job.attempt;
      });
      await next.start();
      await eventually(() => attempt === 2);
      await next.stop(1000);
    });

    test('the job of a worker that was killed is done by another', async (t) => {
      const own = await openTestDatabase(kind);
      await own.database.close();
      const { databaseUrl, dataDir } = own.options;
      const child = fork(
        new URL('./queue.crash.ts', import.meta.url),
        databaseUrl === undefined ? [dataDir] : [dataDir, databaseUrl],
        { silent: true },
      );
      await once(child, 'message');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const database = await openDatabase(own.options);
      const queue = await openQueue<Types>({ database, log: silentLog, watchSeconds: 1 });
      t.after(async () => {
        await queue.stop(1000);
        await database.close();
        await own.remove();
      });
      let seen: Job<{ note: string }> | undefined;
      queue.define('slow', async (job) => {
        seen = job;
      });
      await queue.start();
      // A minute passes.
      await database.pool.query("UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 minute'");
      await eventually(() => seen !== undefined);
      assert.deepEqual([seen?.data, seen?.attempt], [{ note: 'unfinished' }, 2]);
    });
  });
}
