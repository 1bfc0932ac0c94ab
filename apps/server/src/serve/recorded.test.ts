import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endpoints } from '@attune/contracts';
import { askWhole, logged, question, readStream } from './testing/answers-of.ts';
import { openTestRoom, refusal, someone, type TestRoom } from './testing/test-room.ts';

describe('recorded answers', () => {
  let room: TestRoom;
  before(async () => {
    room = await openTestRoom('pglite');
  });
  after(() => room.close());

  const texts = [
    'Rest for some days.',
    'Drink hot tea with honey.',
    'See a doctor about it soon.',
    'Open a window at night.',
  ];
  const answers = texts.map((text) => ({ text, generation_method: 'passage' }));
  const record = async (items: object[]) =>
    (await room.call('addRecordedAnswers', { body: { items } })).json();

  test('are stored once, and all compete for their question however it is spelt', async () => {
    const query = 'What helps against a cold?';
    assert.deepEqual(await record([{ query, answers }]), { added: 4, already_there: 0 });
    assert.deepEqual(await record([{ query, answers }]), { added: 0, already_there: 4 });
    const asked = question('what helps   against a COLD', { model: 'recorded', attune: { candidates: 1 } });
    const answer = await askWhole(room, asked);
    assert.equal(answer.attune.candidates_count, 4);
    assert.equal(answer.attune.response, texts[0]);
    assert.equal(answer.attune.generation_method, 'passage');
    assert.equal(answer.usage?.total_tokens, 0);
    const row = await logged(room, answer.attune);
    assert.equal(row.policy, 'recorded');
    assert.deepEqual(
      row.all_candidates.map(({ text }) => text),
      texts,
    );
  });

  test('are what `attune` answers with where there is no upstream, streamed too', async () => {
    const response = await room.call('chatCompletions', {
      body: question('What helps against a cold?', { stream: true }),
    });
    const { text, done, events } = await readStream(response);
    assert.deepEqual([text, done, events.at(-1)?.attune?.candidates_count], [texts[0], true, 4]);
  });

  test('at most eight compete', async () => {
    const many = Array.from({ length: 12 }, (_, n) => ({
      text: `Answer ${n} says ${'abcdefghijkl'[n]} thing.`,
    }));
    await record([{ query: 'Many?', answers: many }]);
    assert.equal((await askWhole(room, question('Many?'))).attune.candidates_count, 8);
  });

  test('belong to their organisation', async () => {
    await room.database.sql.insertInto('organizations').values({ id: 'other', name: 'Other' }).execute();
    const body = question('What helps against a cold?', { model: 'recorded' });
    await refusal(room.call('chatCompletions', { body, caller: someone('other') }), 'no_answer_available');
  });

  test('long questions find theirs, too', async () => {
    const query = `${'A very long story. '.repeat(5_000)}What now?`;
    await record([{ query, answers: [{ text: 'Breathe.' }] }]);
    assert.equal((await askWhole(room, question(query))).attune.response, 'Breathe.');
  });

  test('tell which questions can be asked, the most alike first', async () => {
    await record([{ query: 'How long is it?', answers: [{ text: 'Two metres.' }] }]);
    const known = async (query: Record<string, string>, caller = someone('default')) => {
      const response = await room.call('suggestQuestions', { query, caller });
      return endpoints.suggestQuestions.response.parse(await response.json()).questions;
    };
    assert.deepEqual(await known({ like: "the length of a cold's course", limit: '1' }), [
      'What helps against a cold?',
    ]);
    assert.equal((await known({}))[0], 'How long is it?');
    assert.equal((await known({ like: '\0 & | !' })).length, 3);
    assert.deepEqual(await known({}, someone('nobody-here')), []);
  });
});
