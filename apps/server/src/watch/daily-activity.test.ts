import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { formatUuidV7 } from '../platform/ids.ts';
import { dailyActivity } from './daily-activity.ts';
import type { Sql } from './sql.ts';
import { openTestWatch } from './testing/open-test-watch.ts';

let made = 0;
const answerAt = (moment: string) => formatUuidV7(Date.parse(moment), 0, BigInt(++made));

const log = (db: Sql, organization: string, id: string, at: string, status: string, importKey?: string) =>
  sql`INSERT INTO conversation_logs (response_id, organization, "timestamp", query, context, policy, selection, status,
      import_key)
    VALUES (${id}, ${organization}, ${at}, 'q', '[]', 'tiny', 'best', ${status}, ${importKey ?? null})`.execute(
    db,
  );

interface Said {
  readonly person: string;
  readonly at: string;
  readonly rating?: number;
  readonly reaction?: string;
  readonly source?: string;
}

const say = (db: Sql, organization: string, answer: string, { person, at, rating, reaction, source }: Said) =>
  sql`INSERT INTO rlhf_feedback (id, organization, response_id, person, query, response, rating_overall, reaction_type,
      source, created_at)
    VALUES (${randomUUID()}, ${organization}, ${answer}, ${person}, 'q', 'r', ${rating ?? null}, ${reaction ?? null},
      ${source ?? 'user'}, ${at})`.execute(db);

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`activity by day on ${kind}`, { skip }, () => {
    test('follows answers and feedback as they come, change and go', async (t) => {
      const { organization, database } = await openTestWatch(t, kind);
      const db = database.sql;
      // Each day as [day, answers, reached, feedback, reactions, positive].
      const days = async (since = '2026-03-01') =>
        (await dailyActivity(db, organization, since)).map((row) => [
          row.day,
          row.answers,
          row.reached,
          row.feedback,
          row.reactions,
          row.positive,
        ]);
      const [first, second] = [answerAt('2026-03-01T23:59:59Z'), answerAt('2026-03-02T00:00:00Z')];
      await log(db, organization, first, '2026-03-01T23:59:59Z', 'delivered');
      await log(db, organization, second, '2026-03-02T00:00:00Z', 'open');
      await log(db, organization, randomUUID(), '2026-03-02T00:00:00Z', 'delivered', 'elsewhere');
      assert.deepEqual(await days(), [['2026-03-01', 1, 0, 0, 0, 0]]);
      await sql`UPDATE conversation_logs SET status = 'delivered' WHERE response_id = ${second}`.execute(db);
      await say(db, organization, first, {
        person: 'a',
        at: '2026-03-02T08:00:00Z',
        rating: 4,
        reaction: 'thumbs_down',
      });
      await say(db, organization, first, { person: 'b', at: '2026-03-02T09:00:00Z', reaction: 'thumbs_up' });
      await say(db, organization, second, { person: 'a', at: '2026-03-03T08:00:00Z', rating: 2 });
      await say(db, organization, second, { person: 'b', at: '2026-03-03T08:00:00Z' });
      await say(db, organization, second, {
        person: 'c',
        at: '2026-03-03T08:00:00Z',
        rating: 5,
        source: 'import',
      });
      assert.deepEqual(await days(), [
        ['2026-03-01', 1, 1, 0, 0, 0],
        ['2026-03-02', 1, 1, 2, 2, 2],
        ['2026-03-03', 0, 0, 2, 1, 0],
      ]);
      assert.deepEqual(await days('2026-03-03'), [['2026-03-03', 0, 0, 2, 1, 0]]);

      const whose = (person: string) =>
        sql`WHERE organization = ${organization} AND person = ${person} AND response_id = ${second}`;
      await sql`UPDATE rlhf_feedback SET rating_overall = 5, status = 'approved' ${whose('a')}`.execute(db);
      await sql`DELETE FROM rlhf_feedback ${whose('b')}`.execute(db);
      assert.deepEqual((await days()).slice(1), [
        ['2026-03-02', 1, 1, 2, 2, 2],
        ['2026-03-03', 0, 0, 1, 1, 1],
      ]);
      await sql`DELETE FROM rlhf_feedback WHERE organization = ${organization}`.execute(db);
      await sql`DELETE FROM conversation_logs WHERE organization = ${organization}`.execute(db);
      assert.ok((await days()).every(([, ...counts]) => counts.every((count) => count === 0)));
    });

    test('counts an answer once though two people speak about it at the same time', async (t) => {
      const { organization, database } = await openTestWatch(t, kind);
      const at = '2026-03-01T08:00:00Z';
      const answers = Array.from({ length: 20 }, () => answerAt(at));
      await Promise.all(
        answers.flatMap((answer) =>
          ['a', 'b', 'c'].map((person) => say(database.sql, organization, answer, { person, at })),
        ),
      );
      const [day] = await dailyActivity(database.sql, organization, '2026-03-01');
      assert.deepEqual([day?.reached, day?.feedback], [20, 60]);
    });
  });
}
