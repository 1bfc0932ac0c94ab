import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GroupCommit } from './group-commit.ts';
import { openDatabase } from './open.ts';
import { databaseKinds, databaseMissing, openTestDatabase, type TestDatabase } from './test-database.ts';

interface Counter {
  id: number;
  n: number;
}

for (const kind of databaseKinds) {
  describe(`group commit on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let it: TestDatabase;
    let counters: GroupCommit<Counter>;
    before(async () => {
      it = await openTestDatabase(kind);
      const { pool } = it.database;
      await pool.query('CREATE TABLE counters (id int PRIMARY KEY, n int CHECK (n >= 0))');
      counters = new GroupCommit<Counter>({
        keyOf: ({ id }) => String(id),
        flush: async (rows) => {
          await pool.query(
            `INSERT INTO counters SELECT * FROM unnest($1::int[], $2::int[])
             ON CONFLICT (id) DO UPDATE SET n = excluded.n`,
            [rows.map(({ id }) => id), rows.map(({ n }) => n)],
          );
        },
      });
    });
    after(() => it.remove());

    async function stored(): Promise<Counter[]> {
      return (await it.database.pool.query('SELECT id, n FROM counters ORDER BY id')).rows;
    }

    test('an acknowledged row is there for everyone', async () => {
      const reader = kind === 'postgres' ? await openDatabase(it.options) : it.database;
      await counters.write({ id: 1, n: 1 });
      const { rows } = await reader.pool.query('SELECT n FROM counters WHERE id = 1');
      assert.deepEqual(rows, [{ n: 1 }]);
      if (reader !== it.database) await reader.close();
    });

    test('of many updates of the same rows the last one stays', async () => {
      const writes = Array.from({ length: 602 }, (_, i) => counters.write({ id: i % 7, n: i }));
      await Promise.all(writes);
      const expected = Array.from({ length: 7 }, (_, id) => ({ id, n: 595 + id }));
      assert.deepEqual(await stored(), expected);
    });

    test('a row that the database refuses is refused alone', async () => {
      const rows = [
        { id: 20, n: 1 },
        { id: 21, n: 1 },
        { id: 22, n: -1 },
        { id: 23, n: 1 },
      ];
      const results = await Promise.allSettled(rows.map((row) => counters.write(row)));
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
      );
      const ids = (await stored()).map(({ id }) => id);
      assert.deepEqual(ids.slice(-3), [20, 21, 23]);
    });
  });
}
