import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { silentLog } from '../../log.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations.ts';
import { databaseKinds, databaseMissing, openTestDatabase } from '../test-database.ts';

const upTo = (name: string) => migrations.slice(0, migrations.findIndex((one) => one.name === name) + 1);
const id = (n: number) => `019aa2f0-0000-7000-8000-00000000000${n}`;

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  test(`who spoke through several keys becomes one person, and nothing is lost, on ${kind}`, {
    skip,
  }, async (t) => {
    const { database, remove } = await openTestDatabase(kind);
    t.after(remove);
    const db = database.sql;
    await migrate(database, silentLog, upTo('0009_newest_answers'));
    await sql`INSERT INTO rlhf_feedback (id, response_id, person, query, response, rating_overall, updated_at)
      SELECT row.id::uuid, answer::uuid, person, 'q', 'r', 4, '2026-01-01'::timestamptz + n * interval '1 hour'
      FROM (VALUES (${id(1)}, 1, ${id(8)}, 'key:1/ann'), (${id(2)}, 2, ${id(8)}, 'key:2/ann'),
        (${id(3)}, 3, ${id(8)}, 'key:1/a/b'), (${id(4)}, 4, ${id(8)}, 'user:ben'),
        (${id(5)}, 5, ${id(8)}, 'key:1/ben'), (${id(6)}, 6, ${id(9)}, 'key:1'),
        (${id(7)}, 7, ${id(9)}, 'member:1')) AS row (id, n, answer, person)`.execute(db);
    await migrate(database, silentLog, upTo('0010_one_person'));
    const { rows } = await sql`SELECT person, api_key FROM rlhf_feedback ORDER BY id`.execute(db);
    assert.deepEqual(
      rows.map((row) => Object.values(Object(row))),
      [
        ['key:1/ann', 'key:1'],
        ['user:ann', 'key:2'],
        ['user:a/b', 'key:1'],
        ['user:ben', null],
        ['key:1/ben', 'key:1'],
        ['key:1', 'key:1'],
        ['member:1', null],
      ],
    );
  });
}
