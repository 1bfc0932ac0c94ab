import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { silentLog } from '../../log.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations.ts';
import type { Tables } from '../tables.ts';
import { databaseKinds, databaseMissing, openTestDatabase } from '../test-database.ts';

const upTo = (name: string) => migrations.slice(0, migrations.findIndex((one) => one.name === name) + 1);
const id = (n: number) => `019aa2f0-0000-7000-8000-00000000000${n}`;

/** What the first release wrote: three answers of a member in two sessions, one of an application, and feedback. */
async function writeAsFirstRelease(db: Kysely<Tables>): Promise<void> {
  await sql`INSERT INTO conversation_logs (response_id, organization, user_id, session_id, "timestamp", query, context,
      policy, selection, status)
    SELECT row.id::uuid, 'default', who, session, '2026-01-01'::timestamptz + n * interval '1 hour', 'Question ' || n,
      '[]', 'tiny', 'best', 'delivered'
    FROM (VALUES (${id(1)}, 1, 'member:ann', 's1'), (${id(2)}, 2, 'member:ann', 's1'), (${id(3)}, 3, 'member:ann', 's2'),
      (${id(4)}, 4, 'customer', 's1')) AS row (id, n, who, session)`.execute(db);
  await sql`INSERT INTO rlhf_feedback (response_id, person, query, response, feedback_type, rating_overall)
    VALUES (${id(1)}::uuid, 'ann', 'q', 'r', 'rating', 4), (${id(1)}::uuid, 'ben', 'q', 'r', 'step', NULL)`.execute(
    db,
  );
}

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  test(`feedback and conversations of the first release live on, on ${kind}`, { skip }, async (t) => {
    const { database, remove } = await openTestDatabase(kind);
    t.after(remove);
    const db = database.sql;
    await migrate(database, silentLog, upTo('0001_first'));
    await writeAsFirstRelease(db);
    await migrate(database, silentLog, upTo('0003_conversations'));

    const conversations = await db
      .selectFrom('conversations')
      .select(['asker', 'session_id', 'first_query', 'turns', 'last_response_id'])
      .orderBy('session_id')
      .execute();
    assert.deepEqual(conversations, [
      { asker: 'member:ann', session_id: 's1', first_query: 'Question 1', turns: 2, last_response_id: id(2) },
      { asker: 'member:ann', session_id: 's2', first_query: 'Question 3', turns: 1, last_response_id: id(3) },
    ]);

    const feedback = async () => {
      const { feedback: n } = await db
        .selectFrom('version_counters')
        .select('feedback')
        .executeTakeFirstOrThrow();
      return Number(n);
    };
    assert.equal(await feedback(), 1, 'marks on steps no longer count');
    await db.deleteFrom('rlhf_feedback').where('person', '=', 'ben').execute();
    assert.equal(await feedback(), 1);
    const targets = await db.selectFrom('rlhf_feedback').select('target').execute();
    assert.deepEqual(targets, [{ target: 'answer' }]);
  });
}
