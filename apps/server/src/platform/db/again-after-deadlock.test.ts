import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { againAfterDeadlock } from './again-after-deadlock.ts';
import { databaseMissing, openTestDatabase } from './test-database.ts';

const skip = await databaseMissing('postgres');

test('of two transactions that wait for each other both are done in the end', { skip }, async (t) => {
  const { database, remove } = await openTestDatabase('postgres');
  t.after(remove);
  const db = database.sql;
  await sql`CREATE TABLE counts (id integer PRIMARY KEY, n integer NOT NULL)`.execute(db);
  await sql`INSERT INTO counts VALUES (1, 0), (2, 0)`.execute(db);
  let waiting = 0;
  let bothHold = () => {};
  const holding = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  const addTo = (first: number, second: number) =>
    againAfterDeadlock(() =>
      db.transaction().execute(async (transaction) => {
        await sql`UPDATE counts SET n = n + 1 WHERE id = ${first}`.execute(transaction);
        waiting += 1;
        if (waiting === 2) bothHold();
        await holding;
        await sql`UPDATE counts SET n = n + 1 WHERE id = ${second}`.execute(transaction);
      }),
    );
  await Promise.all([addTo(1, 2), addTo(2, 1)]);
  const { rows } = await sql<{ n: number }>`SELECT n FROM counts`.execute(db);
  assert.deepEqual(
    rows.map(({ n }) => n),
    [2, 2],
  );
  assert.ok(waiting > 2, 'one of them ran again');
});

test('other failures are passed on at once', async () => {
  let runs = 0;
  const failing = againAfterDeadlock(async () => {
    runs += 1;
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  assert.equal(runs, 1);
});
