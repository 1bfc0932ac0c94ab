import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { silentLog } from '../log.ts';
import { DatabaseTooNew, migrate } from './migrate.ts';
import { type Migration, migrations } from './migrations.ts';
import { openDatabase } from './open.ts';
import { databaseKinds, databaseMissing, openTestDatabase, type TestDatabase } from './test-database.ts';

function step(name: string, statement: string): Migration {
  return { name, up: async (db: Kysely<unknown>) => void (await sql.raw(statement).execute(db)) };
}

// As a migration would be that must not run twice.
const people = step('0001_people', 'CREATE TABLE people (id int PRIMARY KEY)');
const ages = step('0002_ages', 'ALTER TABLE people ADD COLUMN age int');
const broken = step('0003_broken', 'ALTER TABLE nobody ADD COLUMN x int');

for (const kind of databaseKinds) {
  describe(`migrations on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let it: TestDatabase;
    before(async () => {
      it = await openTestDatabase(kind);
    });
    after(() => it.remove());
    const run = (list: Migration[]) => migrate(it.database, silentLog, list);

    test('those that are missing are applied in order, once', async () => {
      assert.deepEqual(await run([people]), ['0001_people']);
      assert.deepEqual(await run([people, ages]), ['0002_ages']);
      assert.deepEqual(await run([people, ages]), []);
    });

    test('one that fails leaves nothing of itself or its predecessors', async () => {
      const jobs = step('0003_jobs', 'CREATE TABLE jobs (id int)');
      await assert.rejects(run([people, ages, jobs, broken]), { code: '42P01' });
      const { rows } = await it.database.pool.query("SELECT to_regclass('jobs') AS found");
      assert.equal(rows[0].found, null);
    });

    test('a database that a newer release migrated is refused', async () => {
      await assert.rejects(run([people]), (error) => {
        assert.ok(error instanceof DatabaseTooNew);
        assert.match(error.message, /0002_ages.*newer|newer.*0002_ages/s);
        return true;
      });
    });
  });

  describe(`the schema of this release on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    test('is made from nothing and not made again', async (t) => {
      const it = await openTestDatabase(kind);
      t.after(() => it.remove());
      const names = migrations.map(({ name }) => name);
      assert.deepEqual(await migrate(it.database, silentLog), names);
      assert.deepEqual(await migrate(it.database, silentLog), []);
    });
  });
}

describe('replicas that start together', { skip: await databaseMissing('postgres') }, () => {
  test('migrate once', async (t) => {
    const it = await openTestDatabase('postgres');
    const replicas = await Promise.all(Array.from({ length: 4 }, () => openDatabase(it.options)));
    t.after(async () => {
      await Promise.all(replicas.map((replica) => replica.close()));
      await it.remove();
    });
    const slow = step('0001_people', 'CREATE TABLE people (id int PRIMARY KEY); SELECT pg_sleep(0.1)');
    const applied = await Promise.all(replicas.map((replica) => migrate(replica, silentLog, [slow, ages])));
    assert.deepEqual(applied.flat(), ['0001_people', '0002_ages']);
  });
});
