import assert from 'node:assert/strict';
import type { Insertable } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';
import { formatUuidV7 } from '../platform/ids.ts';
import { eachDatabase } from '../testing/each-database.ts';
import { groundOf, newOrganizations } from '../testing/ground.ts';
import { reportAnswers } from './report-answers.ts';

const testOnEachDatabase = eachDatabase();
const MONDAY = Date.UTC(2026, 2, 2);
const HOUR_MS = 3_600_000;
const week = { from: new Date(MONDAY), to: new Date(MONDAY + 7 * 24 * HOUR_MS) };

let rows = 0;

async function answer(
  { sql }: Database,
  organization: string,
  hours: number,
  given: Partial<Insertable<Tables['conversation_logs']>> = {},
): Promise<void> {
  const at = MONDAY + hours * HOUR_MS;
  const candidate = (tokens: number) => ({ id: 'c', text: 't', tokens });
  await sql
    .insertInto('conversation_logs')
    .values({
      response_id: formatUuidV7(at, rows++ % 4096, 0n),
      organization,
      user_id: null,
      session_id: null,
      timestamp: new Date(at),
      query: `question ${rows}`,
      context: '[]',
      selected_response: 'answer',
      reward_score: null,
      all_candidates: JSON.stringify([candidate(30), candidate(12)]),
      policy: 'recorded',
      reward_model: null,
      selection: 'best',
      status: 'delivered',
      degraded: null,
      timings: JSON.stringify({ total_ms: 500 }),
      replica: null,
      import_key: null,
      asker: null,
      parent_response_id: null,
      ...given,
    })
    .execute();
}

await testOnEachDatabase('answers of a week are added up by user', async (_, kind) => {
  const ground = await groundOf(kind);
  const [organization, other] = await newOrganizations(ground);
  const { database } = ground;
  const ann = { user_id: 'ann', session_id: 's1', query: 'How long?' };
  // Ann was here before, and puts one question three times in one session, once in other letters.
  await answer(database, organization, -100, { user_id: 'ann' });
  await answer(database, organization, 1, ann);
  await answer(database, organization, 2, { ...ann, query: ' how LONG? ' });
  await answer(database, organization, 3, ann);
  await answer(database, organization, 4, { ...ann, session_id: 's2' });
  // Bob is new; one of his answers failed, one was declined, which is no fault.
  await answer(database, organization, 5, { user_id: 'bob', timings: JSON.stringify({ total_ms: 1500 }) });
  await answer(database, organization, 6, { user_id: 'bob', status: 'failed' });
  await answer(database, organization, 7, { user_id: 'bob', status: 'failed', degraded: 'declined' });
  // None of these counts.
  await answer(database, organization, 8, { import_key: 'x' });
  await answer(database, organization, 9, { status: 'aborted' });
  await answer(database, organization, 7 * 24, { user_id: 'late' });
  await answer(database, other, 1, { user_id: 'stranger' });

  const seen = await reportAnswers(database.sql, { organization, ...week });
  assert.deepEqual([seen.answers, seen.users, seen.newUsers], [5, 2, 1]);
  assert.equal(seen.tokens, 7 * 42);
  const ratio = ({ total, count, units }: typeof seen.latency) => [total, count, units];
  assert.deepEqual(ratio(seen.latency), [4 * 500 + 1500, 5, 2]);
  assert.deepEqual(ratio(seen.errorRate), [1, 7, 2]);
  assert.deepEqual(ratio(seen.retries), [2, 7, 2]);
  assert.deepEqual(ratio(seen.tokensEach), [7 * 42, 7, 2]);

  const quiet = await reportAnswers(database.sql, {
    organization,
    from: new Date(MONDAY - 999 * HOUR_MS),
    to: new Date(MONDAY - 900 * HOUR_MS),
  });
  assert.deepEqual([quiet.answers, quiet.users, quiet.latency.units], [0, 0, 0]);
});
