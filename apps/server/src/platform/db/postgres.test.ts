import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { silentLog } from '../log.ts';
import { migrate } from './migrate.ts';
import { type Database, openDatabase } from './open.ts';
import { pgbouncerMissing, startPgbouncer } from './pgbouncer.ts';
import { createPostgresDatabase, databaseMissing } from './test-database.ts';
import { DatabaseUnavailable } from './unavailable.ts';

const missing = await databaseMissing('postgres');

/** A way to the server that can be cut and mended. */
async function cuttable(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  assert.ok(address !== null && typeof address === 'object');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  const cut = async () => {
    const closed = once(proxy, 'close');
    proxy.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const mend = async () => {
    proxy.listen(address.port, '127.0.0.1');
    await once(proxy, 'listening');
  };
  return { url: url.href, cut, mend };
}

describe('PostgreSQL goes away', { skip: missing }, () => {
  let server: Awaited<ReturnType<typeof createPostgresDatabase>>;
  before(async () => {
    server = await createPostgresDatabase();
  });
  after(() => server.drop());

  test('queries say DatabaseUnavailable until it is back', async (t) => {
    const way = await cuttable(server.url);
    const database = await openDatabase({ databaseUrl: way.url, dataDir: tmpdir(), log: silentLog });
    t.after(async () => {
      await database.close();
      await way.cut();
    });
    await database.pool.query('SELECT 1');
    const running = assert.rejects(database.pool.query('SELECT pg_sleep(30)'), DatabaseUnavailable);
    const inTransaction = assert.rejects(
      database.sql.transaction().execute(async (trx) => {
        await sql`SELECT 1`.execute(trx);
        await sql`SELECT pg_sleep(30)`.execute(trx);
      }),
      DatabaseUnavailable,
    );
    await database.pool.query('SELECT pg_sleep(0.1)');
    await way.cut();
    await Promise.all([running, inTransaction]);
    await assert.rejects(database.pool.query('SELECT 1'), DatabaseUnavailable);
    await assert.rejects(sql`SELECT 1`.execute(database.sql), DatabaseUnavailable);
    await assert.rejects(database.pool.connect(), DatabaseUnavailable);
    await way.mend();
    assert.equal((await database.pool.query('SELECT 1 AS one')).rows[0].one, 1);
  });

  test('a backend that is terminated in a transaction', async (t) => {
    const database = await openDatabase({ databaseUrl: server.url, dataDir: tmpdir(), log: silentLog });
    t.after(() => database.close());
    const client = await database.pool.connect();
    await client.query('BEGIN');
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
    await assert.rejects(client.query('SELECT 1'), DatabaseUnavailable);
    client.release();
    await database.pool.query('SELECT 1');
  });

  test('opening succeeds while nothing answers', async (t) => {
    const database = await openDatabase({
      databaseUrl: 'postgres://127.0.0.1:1/x',
      dataDir: tmpdir(),
      log: silentLog,
    });
    t.after(() => database.close());
    await assert.rejects(database.pool.query('SELECT 1'), DatabaseUnavailable);
  });
});

describe('through a transaction pooler', { skip: missing || pgbouncerMissing() }, () => {
  let database: Database;
  let close: () => Promise<void>;
  before(async () => {
    const server = await createPostgresDatabase();
    const bouncer = await startPgbouncer(server.url);
    database = await openDatabase({ databaseUrl: bouncer.url, dataDir: tmpdir(), log: silentLog });
    close = async () => {
      await database.close();
      await bouncer.stop();
      await server.drop();
    };
  });
  after(() => close());

  test('migrates', async () => {
    assert.notDeepEqual(await migrate(database, silentLog), []);
    assert.deepEqual(await migrate(database, silentLog), []);
  });

  test('keeps more clients than it has server connections apart', async () => {
    const queries = Array.from({ length: 60 }, async (_, i) => {
      const { rows } = await database.pool.query(`SELECT $1::int AS n${i}`, [i]);
      assert.deepEqual(rows, [{ [`n${i}`]: i }]);
    });
    const transactions = Array.from({ length: 10 }, (_, i) =>
      database.sql.transaction().execute(async (trx) => {
        await sql`SELECT pg_advisory_xact_lock(1)`.execute(trx);
        const { rows } = await sql<{ n: number }>`SELECT ${i}::int AS n`.execute(trx);
        assert.equal(rows[0]?.n, i);
      }),
    );
    await Promise.all([...queries, ...transactions]);
  });
});
