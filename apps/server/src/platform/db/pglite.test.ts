import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { silentLog } from '../log.ts';
import { FolderInUse } from './folder-lock.ts';
import { type Database, openDatabase } from './open.ts';
import { startPglite } from './pglite.ts';
import { createPool } from './pool.ts';
import { createDataFolder } from './test-database.ts';
import { DatabaseUnavailable } from './unavailable.ts';
import { addVector, hasVector } from './vector.ts';

async function dataFolder(t: TestContext): Promise<string> {
  const dataDir = await createDataFolder();
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

async function open(t: TestContext, dataDir: string): Promise<Database> {
  const database = await openDatabase({ dataDir, log: silentLog });
  t.after(() => database.close());
  return database;
}

async function eventually(check: () => Promise<unknown>): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      await check();
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof DatabaseUnavailable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

describe('embedded database', () => {
  test('makes a new folder, keeps what was written, has pgvector', async (t) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'attune-test-'));
    t.after(() => rm(dataDir, { recursive: true, force: true }));
    const first = await openDatabase({ dataDir, log: silentLog });
    assert.equal(await hasVector(first.sql), false);
    assert.equal(await addVector(first.sql), true);
    await first.pool.query('CREATE TABLE points (id int, at vector(3))');
    await first.pool.query("INSERT INTO points VALUES (1, '[1,0,0]'), (2, '[0,1,0]')");
    await first.close();
    const second = await open(t, dataDir);
    const { rows } = await second.pool.query("SELECT id FROM points ORDER BY at <=> '[0,2,0]'");
    assert.deepEqual(rows, [{ id: 2 }, { id: 1 }]);
  });

  test('its socket can be reached by this user alone', async (t) => {
    const dataDir = await dataFolder(t);
    await open(t, dataDir);
    assert.equal((await stat(join(dataDir, 'run'))).mode & 0o777, 0o700);
  });

  test('works in a folder whose path is too long for a socket', async (t) => {
    const short = await dataFolder(t);
    const long = join(short, 'd'.repeat(60), 'e'.repeat(60));
    await mkdir(long, { recursive: true });
    await rename(join(short, 'database'), join(long, 'database'));
    const database = await open(t, long);
    assert.equal((await database.pool.query('SELECT 1 AS one')).rows[0].one, 1);
  });

  test('a second process is refused and told who has it; a dead one is not in the way', async (t) => {
    const dataDir = await dataFolder(t);
    const child = fork(new URL('./pglite.crash.ts', import.meta.url), [dataDir], { silent: true });
    await once(child, 'message');
    await assert.rejects(openDatabase({ dataDir, log: silentLog }), (error) => {
      assert.ok(error instanceof FolderInUse);
      assert.equal(error.pid, child.pid);
      assert.match(error.message, new RegExp(`process ${child.pid}`));
      return true;
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const database = await open(t, dataDir);
    await database.pool.query('SELECT 1');
  });

  test('a lock whose pid now belongs to another process is stale', async (t) => {
    const dataDir = await dataFolder(t);
    await writeFile(join(dataDir, 'database.lock'), `${process.ppid} 1 x\n`);
    if (process.platform !== 'linux') return t.skip('start times of processes are only read on Linux');
    await open(t, dataDir);
  });

  test('what was acknowledged survives kill -9', async (t) => {
    const dataDir = await dataFolder(t);
    let acknowledged = 0;
    for (let round = 0; round < 2; round++) {
      const child = fork(new URL('./pglite.crash.ts', import.meta.url), [dataDir], { silent: true });
      child.on('message', (id) => {
        acknowledged = Math.max(acknowledged, Number(id));
        if (acknowledged >= (round + 1) * 200) child.kill('SIGKILL');
      });
      await once(child, 'exit');
    }
    const database = await open(t, dataDir);
    const { rows } = await database.pool.query('SELECT count(*) AS n, max(id) AS last FROM written');
    assert.ok(acknowledged >= 400);
    assert.ok(rows[0].n >= acknowledged, `${acknowledged} acknowledged, ${rows[0].n} found`);
    assert.equal(rows[0].n, rows[0].last, 'none twice, none missing between');
  });

  test('starts again by itself when its engine breaks', async (t) => {
    const database = await open(t, await dataFolder(t));
    await database.pool.query('CREATE TABLE kept (id int)');
    await database.pool.query('INSERT INTO kept VALUES (1)');
    // Recursion without end overflows the engine's stack, which it does not survive.
    await database.pool.query(`CREATE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql
      AS $$ BEGIN RETURN down(n + 1); END $$`);
    await assert.rejects(database.pool.query('SELECT down(1)'), DatabaseUnavailable);
    await eventually(() => database.pool.query('SELECT 1'));
    assert.deepEqual((await database.pool.query('SELECT id FROM kept')).rows, [{ id: 1 }]);
  });

  test('closes a client that sits in a transaction without a word', async (t) => {
    const dataDir = await dataFolder(t);
    const server = await startPglite({ dataDir, log: silentLog, maxConnections: 4, idleInTransactionMs: 50 });
    const pool = createPool(
      { host: server.socketFolder, user: 'postgres', database: 'postgres', max: 4 },
      silentLog,
    );
    t.after(() => pool.end().then(server.close));
    const silent = await pool.connect();
    await silent.query('BEGIN');
    await silent.query('CREATE TABLE undone (id int)');
    const { rows } = await pool.query("SELECT to_regclass('undone') AS found");
    assert.equal(rows[0].found, null);
    await assert.rejects(silent.query('SELECT 1'), DatabaseUnavailable);
    silent.release();
  });

  test('clears away dead rows and old log by itself', async (t) => {
    const dataDir = await dataFolder(t);
    const server = await startPglite({ dataDir, log: silentLog, maxConnections: 4, maintenanceMs: 25 });
    const pool = createPool(
      { host: server.socketFolder, user: 'postgres', database: 'postgres', max: 4 },
      silentLog,
    );
    t.after(() => pool.end().then(server.close));
    await pool.query(
      "CREATE TABLE busy AS SELECT g AS id, repeat('x', 400) AS pad FROM generate_series(1, 2000) g",
    );
    const vacuumed = async () => {
      const { rows } = await pool.query("SELECT last_vacuum FROM pg_stat_user_tables WHERE relname = 'busy'");
      return rows[0]?.last_vacuum instanceof Date;
    };
    while (!(await vacuumed())) await pool.query('UPDATE busy SET id = id + 1');
  });
});
