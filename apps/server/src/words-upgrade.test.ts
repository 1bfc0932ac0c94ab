import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { backfillWords } from './curate/review/backfill-words.ts';
import { migrate } from './platform/db/migrate.ts';
import { migrations } from './platform/db/migrations.ts';
import { databaseKinds, databaseMissing, openTestDatabase } from './platform/db/test-database.ts';
import { silentLog } from './platform/log.ts';
import { backfillTurns } from './serve/conversations/backfill-words.ts';

const upTo = (name: string) => migrations.slice(0, migrations.findIndex((one) => one.name === name) + 1);

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  test(`what was there before is found by its words, with and without marks, on ${kind}`, {
    skip,
  }, async (t) => {
    const { database, remove } = await openTestDatabase(kind);
    t.after(remove);
    const db = database.sql;
    await migrate(database, silentLog, upTo('0012_ray'));
    await sql`INSERT INTO rlhf_feedback (person, query, response, text_feedback)
      VALUES ('p', 'Thời gian cách ly?', 'Mười ngày.', NULL), ('p', 'Plain?', 'Answer.', 'Comment.')`.execute(
      db,
    );
    await sql`INSERT INTO conversation_logs (response_id, organization, session_id, "timestamp", query, context,
        selected_response, policy, selection, status, asker)
      VALUES (gen_random_uuid(), 'default', 's', now(), 'Ở đâu?', '[]', 'Here.', 'm', 'best', 'delivered', 'key:1'),
        (gen_random_uuid(), 'default', NULL, now(), 'Nobody asks', '[]', 'Here.', 'm', 'best', 'delivered', NULL)`.execute(
      db,
    );
    await sql`INSERT INTO conversations (organization, asker, session_id, turns, started_at, updated_at, last_response_id)
      SELECT organization, asker, session_id, 1, now(), now(), response_id FROM conversation_logs
      WHERE asker IS NOT NULL`.execute(db);
    await migrate(database, silentLog, upTo('0014_conversation_words'));

    const count = async (table: string, q: string) => {
      const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)}
        WHERE words @@ websearch_to_tsquery('simple', ${q})`.execute(db);
      return rows[0]?.n;
    };
    assert.equal(await count('review_words', 'cách ly'), 1, 'at once as before');
    assert.equal(await count('review_words', 'comment'), 1);
    while (await backfillWords(db));
    while (await backfillTurns(db));
    assert.equal(await count('review_words', 'cach ly'), 1);
    assert.equal(await count('review_words', 'cách ly'), 1);
    assert.equal(await count('conversation_words', 'o dau'), 1);
    assert.equal(await count('conversation_words', 'nobody'), 0);
    assert.deepEqual(await db.selectFrom('backfills').selectAll().execute(), []);
    await sql`UPDATE rlhf_feedback SET text_feedback = 'Hóa đơn' WHERE query = 'Plain?'`.execute(db);
    assert.deepEqual(
      [await count('review_words', 'comment'), await count('review_words', 'hoa don')],
      [0, 1],
    );
    await sql`DELETE FROM rlhf_feedback`.execute(db);
    await sql`DELETE FROM conversation_logs`.execute(db);
    assert.equal(await count('review_words', 'cach or plain'), 0);
    assert.equal(await count('conversation_words', 'dau'), 0);
  });
}
