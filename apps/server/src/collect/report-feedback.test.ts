import assert from 'node:assert/strict';
import type { Insertable } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';
import { newId } from '../platform/ids.ts';
import { eachDatabase } from '../testing/each-database.ts';
import { groundOf, newOrganizations } from '../testing/ground.ts';
import { reportFeedback, saidIn, stillThere } from './store/report-feedback.ts';

const testOnEachDatabase = eachDatabase();
const day = (date: number) => new Date(Date.UTC(2026, 2, date, 12));
const week = { from: new Date(Date.UTC(2026, 2, 2)), to: new Date(Date.UTC(2026, 2, 9)) };

async function say(
  { sql }: Database,
  organization: string,
  date: number,
  given: Partial<Insertable<Tables['rlhf_feedback']>>,
): Promise<string> {
  const { id } = await sql
    .insertInto('rlhf_feedback')
    .values({
      organization,
      response_id: newId(),
      session_id: null,
      user_id: null,
      person: 'somebody',
      query: 'How long?',
      query_key: 'how long',
      response: 'Two metres.',
      feedback_type: 'detailed',
      feedback_value: '{}',
      rating_overall: null,
      rating_dimensions: '{}',
      reaction_type: null,
      text_feedback: null,
      context: '{}',
      curator_email: null,
      source: 'user',
      reward_model: null,
      policy: null,
      import_key: null,
      created_at: day(date),
      updated_at: day(date),
      ...given,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

await testOnEachDatabase('what people said in a week is added up by person', async (_, kind) => {
  const ground = await groundOf(kind);
  const [organization, other] = await newOrganizations(ground);
  const { database } = ground;
  const { sql } = database;
  const harmful = JSON.stringify({ safety_issue: true });
  await say(database, organization, 2, { user_id: 'ann', rating_overall: 5, text_feedback: 'Good.' });
  await say(database, organization, 3, { user_id: 'ann', rating_overall: 3 });
  await say(database, organization, 3, {
    user_id: 'bob',
    reaction_type: 'thumbs_down',
    feedback_value: harmful,
  });
  const newest = await say(database, organization, 8, {
    session_id: 's',
    reaction_type: 'thumbs_up',
    text_feedback: 'Thanks!',
  });
  // None of these counts: too late, rejected, imported, another organisation's.
  await say(database, organization, 9, { rating_overall: 1 });
  await say(database, organization, 4, { rating_overall: 1, status: 'rejected' });
  await say(database, organization, 4, { rating_overall: 1, source: 'import' });
  await say(database, other, 4, { rating_overall: 1 });

  const span = { organization, ...week };
  const seen = await reportFeedback(sql, span);
  assert.deepEqual([seen.feedback, seen.comments], [4, 2]);
  const ratio = ({ total, count, units }: typeof seen.rating) => [total, count, units];
  assert.deepEqual(ratio(seen.rating), [8, 2, 1]);
  assert.deepEqual(ratio(seen.thumbs), [1, 2, 2]);
  assert.deepEqual(ratio(seen.satisfaction), [2, 4, 3]);
  assert.deepEqual(ratio(seen.harm), [1, 3, 3]);

  const comments = await saidIn(sql, span, 'comments', 10);
  assert.deepEqual(
    comments.map(({ comment, positive }) => [comment, positive]),
    [
      ['Thanks!', true],
      ['Good.', true],
    ],
  );
  const questions = await saidIn(sql, span, 'questions', 3);
  assert.deepEqual(questions.map(({ positive }) => positive).toSorted(), [false, null, true]);
  assert.deepEqual([...(await stillThere(sql, organization, [newest, newId()]))], [newest]);
  assert.equal((await stillThere(sql, other, [newest])).size, 0);
});
