import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing, openTestDatabase, type TestDatabase } from './test-database.ts';

for (const kind of databaseKinds) {
  describe(`database on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let it: TestDatabase;
    before(async () => {
      it = await openTestDatabase(kind);
      await it.database.pool.query('CREATE TABLE notes (id int PRIMARY KEY, text text, n int DEFAULT 0)');
    });
    after(() => it.remove());

    test('says which one it is', () => assert.equal(it.database.kind, kind));

    test('gives numbers for bigint and numeric, Date for timestamptz, text for date, values for jsonb', async () => {
      const { rows } =
        await it.database.pool.query(`SELECT 9007199254740991::bigint AS big, 1.5::numeric AS exact,
        count(*) AS counted, '2026-03-29T01:30:00+02'::timestamptz AS moment, '2026-03-29'::date AS day,
        '{"a":[1]}'::jsonb AS document, ARRAY['x','y'] AS list FROM (VALUES (1), (2)) AS v`);
      assert.deepEqual(rows[0], {
        big: 9007199254740991,
        exact: 1.5,
        counted: 2,
        moment: new Date('2026-03-28T23:30:00Z'),
        day: '2026-03-29',
        document: { a: [1] },
        list: ['x', 'y'],
      });
    });

    test('refuses a bigint that a number cannot hold rather than change it', async () => {
      await assert.rejects(it.database.pool.query('SELECT 9007199254740993::bigint'), RangeError);
    });

    test('keeps the answers of many clients apart while one of them is in a transaction', async () => {
      const holder = await it.database.pool.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT $1::int', [1]);
      const others = Array.from({ length: 40 }, async (_, i) => {
        const { rows } = await it.database.pool.query(`SELECT $1::int AS "n${i}", $2::text AS text`, [
          i,
          `t${i}`,
        ]);
        assert.deepEqual(rows, [{ [`n${i}`]: i, text: `t${i}` }]);
      });
      await holder.query('SELECT $1::text', ['still mine']);
      await holder.query('COMMIT');
      holder.release();
      await Promise.all(others);
    });

    test('keeps them apart when statements arrive in many pieces', async () => {
      const long = 'ä'.repeat(700_000);
      await Promise.all(
        Array.from({ length: 12 }, async (_, i) => {
          const { rows } = await it.database.pool.query('SELECT $1::text AS text, $2::int AS n', [
            i % 2 ? long : 'short',
            i,
          ]);
          assert.equal(rows[0].n, i);
          assert.equal(rows[0].text.length, i % 2 ? long.length : 5);
        }),
      );
    });

    test('a transaction is seen whole or not at all', async () => {
      const counts: number[] = [];
      const reader = async () => {
        const { rows } = await it.database.pool.query(
          'SELECT count(*) AS n FROM notes WHERE id BETWEEN 100 AND 199',
        );
        counts.push(rows[0].n);
      };
      const writer = it.database.sql.transaction().execute(async (trx) => {
        for (let id = 100; id < 110; id++) await sql`INSERT INTO notes VALUES (${id}, 'x')`.execute(trx);
      });
      await Promise.all([writer, reader(), reader(), reader()]);
      await reader();
      assert.ok(counts.every((n) => n === 0 || n === 10));
      assert.equal(counts.at(-1), 10);
    });

    test('two transactions that count up the same row lose nothing', async () => {
      await it.database.pool.query("INSERT INTO notes VALUES (1, 'counter')");
      const countUp = () =>
        it.database.sql.transaction().execute(async (trx) => {
          const { rows } = await sql<{ n: number }>`SELECT n FROM notes WHERE id = 1 FOR UPDATE`.execute(trx);
          await sql`UPDATE notes SET n = ${(rows[0]?.n ?? 0) + 1} WHERE id = 1`.execute(trx);
        });
      await Promise.all(Array.from({ length: 20 }, countUp));
      const { rows } = await it.database.pool.query('SELECT n FROM notes WHERE id = 1');
      assert.equal(rows[0].n, 20);
    });

    test('what a client left undone is rolled back, and the others go on', async () => {
      const client = await it.database.pool.connect();
      await client.query('BEGIN');
      await client.query("INSERT INTO notes VALUES (200, 'gone')");
      const other = it.database.pool.query('SELECT 1 AS one');
      client.release(true);
      assert.equal((await other).rows[0].one, 1);
      const { rows } = await it.database.pool.query('SELECT * FROM notes WHERE id = 200');
      assert.deepEqual(rows, []);
    });

    test('a client that leaves while its BEGIN is under way blocks nobody', async () => {
      for (let round = 0; round < 5; round++) {
        const client = await it.database.pool.connect();
        client.query('BEGIN').catch(() => undefined);
        client.release(true);
        await it.database.pool.query('SELECT 1');
      }
    });

    test('an error in a statement leaves the connection and its neighbours working', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 12 }, (_, i) => it.database.pool.query('SELECT 10 / $1::int AS n', [i % 3])),
      );
      results.forEach((result, i) => {
        if (i % 3 === 0) assert.equal(result.status === 'rejected' && result.reason.code, '22012');
        else assert.equal(result.status === 'fulfilled' && result.value.rows[0].n, Math.trunc(10 / (i % 3)));
      });
    });

    test('a failed transaction is undone by itself', async () => {
      const failed = it.database.sql.transaction().execute(async (trx) => {
        await sql`INSERT INTO notes VALUES (300, 'x')`.execute(trx);
        await sql`INSERT INTO notes VALUES (300, 'x')`.execute(trx);
      });
      await assert.rejects(failed, { code: '23505' });
      const { rows } = await it.database.pool.query('SELECT * FROM notes WHERE id = 300');
      assert.deepEqual(rows, []);
    });

    test('several statements without parameters go in one message, and an error undoes them all', async () => {
      const failed = it.database.pool.query("INSERT INTO notes VALUES (400, 'x'); SELECT 1 / 0");
      await assert.rejects(failed, { code: '22012' });
      const { rows } = await it.database.pool.query('SELECT * FROM notes WHERE id = 400');
      assert.deepEqual(rows, []);
    });

    test('advisory locks of transactions exclude each other', async () => {
      let inside = 0;
      const visit = () =>
        it.database.sql.transaction().execute(async (trx) => {
          await sql`SELECT pg_advisory_xact_lock(7)`.execute(trx);
          inside += 1;
          assert.equal(inside, 1);
          await sql`SELECT 1`.execute(trx);
          inside -= 1;
        });
      await Promise.all([visit(), visit(), visit()]);
    });
  });
}
