import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { formatUuidV7 } from '../../ids.ts';
import { silentLog } from '../../log.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations.ts';
import { databaseKinds, databaseMissing, openTestDatabase } from '../test-database.ts';

const upTo = (name: string) => migrations.slice(0, migrations.findIndex((one) => one.name === name) + 1);

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  test(`days before the sums were kept are counted, on ${kind}`, { skip }, async (t) => {
    const { database, remove } = await openTestDatabase(kind);
    t.after(remove);
    const db = database.sql;
    await migrate(database, silentLog, upTo('0007_demo'));
    const answer = formatUuidV7(Date.parse('2026-01-01T08:00:00Z'), 0, 1n);
    await sql`INSERT INTO conversation_logs (response_id, organization, "timestamp", query, context, policy, selection,
        status, import_key)
      VALUES (${answer}, 'default', '2026-01-01T08:00:00Z', 'q', '[]', 'tiny', 'best', 'delivered', NULL),
        (gen_random_uuid(), 'default', '2026-01-01T08:00:00Z', 'q', '[]', 'tiny', 'best', 'delivered', 'elsewhere'),
        (gen_random_uuid(), 'default', '2026-01-01T08:00:00Z', 'q', '[]', 'tiny', 'best', 'failed', NULL)`.execute(
      db,
    );
    await sql`INSERT INTO rlhf_feedback (response_id, person, query, response, rating_overall, reaction_type, source,
        created_at)
      VALUES (${answer}, 'ann', 'q', 'r', 5, NULL, 'user', '2026-01-02T08:00:00Z'),
        (${answer}, 'ben', 'q', 'r', NULL, 'thumbs_down', 'user', '2026-01-02T09:00:00Z'),
        (${answer}, 'eve', 'q', 'r', 5, NULL, 'import', '2026-01-02T09:00:00Z')`.execute(db);
    await migrate(database, silentLog, upTo('0008_daily_activity'));
    const { rows: answers } = await sql`SELECT day::text, answers::int FROM daily_answers`.execute(db);
    assert.deepEqual(answers, [{ day: '2026-01-01', answers: 1 }]);
    const { rows: feedback } =
      await sql`SELECT day::text, feedback::int, reactions::int, positive::int, reached::int
      FROM daily_feedback ORDER BY day`.execute(db);
    assert.deepEqual(feedback, [
      { day: '2026-01-01', feedback: 0, reactions: 0, positive: 0, reached: 1 },
      { day: '2026-01-02', feedback: 2, reactions: 2, positive: 1, reached: 0 },
    ]);
  });
}
