import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttuneAnswer } from '@attune/contracts';
import { afterEvent, type Chat, type ChatEvent, isWriting, messagesFor, newChat } from './chat.ts';

const attune: AttuneAnswer = {
  response: 'Wash your hands.',
  reward_score: 0.8,
  response_id: '0198c0de-0000-7000-8000-000000000001',
  candidates_count: 3,
  generation_method: 'temperature_0.7',
  feedback_prompt: 'Was this answer helpful?',
  feedback_token: 't',
  degraded: null,
  warning: null,
  reward_model: 'health@1.0.0',
};
const error = { code: 'upstream_timeout', message: 'Too slow.', hint: 'Again.', requestId: null };
const asked = (key: string, question: string): ChatEvent => ({ type: 'asked', key, question });
const wrote = (key: string, text: string, responseId: string | null = null): ChatEvent => ({
  type: 'wrote',
  key,
  text,
  responseId,
});
const play = (...events: ChatEvent[]): Chat => events.reduce(afterEvent, newChat('s'));

test('an answer grows chunk by chunk and is finished by what Attune says about it', () => {
  const halfway = play(asked('1', 'How?'), wrote('1', 'Wash ', 'r-1'), wrote('1', 'your hands.'));
  assert.equal(isWriting(halfway), true);
  assert.equal(halfway.turns[0]?.answer, 'Wash your hands.');
  assert.equal(halfway.turns[0]?.responseId, 'r-1');
  const done = afterEvent(halfway, { type: 'finished', key: '1', attune });
  assert.equal(isWriting(done), false);
  assert.equal(done.turns[0]?.state, 'done');
  assert.equal(done.turns[0]?.responseId, attune.response_id);
});

test('a stopped answer keeps what was written and takes nothing more', () => {
  const chat = play(
    asked('1', 'How?'),
    wrote('1', 'Wash'),
    { type: 'stopped', key: '1' },
    wrote('1', ' more'),
    { type: 'failed', key: '1', error },
  );
  assert.equal(chat.turns[0]?.state, 'stopped');
  assert.equal(chat.turns[0]?.answer, 'Wash');
});

test('asking again takes the place of the turn that failed', () => {
  const failed = play(asked('1', 'How?'), wrote('1', 'Wa'), { type: 'failed', key: '1', error });
  assert.deepEqual(failed.turns[0]?.error, error);
  const again = afterEvent(failed, asked('1', 'How?'));
  assert.equal(again.turns.length, 1);
  assert.deepEqual([again.turns[0]?.state, again.turns[0]?.answer], ['writing', '']);
});

test('the next question carries the exchanges that have an answer', () => {
  const chat = play(
    asked('1', 'How?'),
    wrote('1', 'Wash.'),
    { type: 'finished', key: '1', attune },
    asked('2', 'Why?'),
    { type: 'failed', key: '2', error },
    asked('3', 'When?'),
    wrote('3', 'Of'),
    { type: 'stopped', key: '3' },
  );
  assert.deepEqual(messagesFor(chat.turns, 'Where?'), [
    { role: 'user', content: 'How?' },
    { role: 'assistant', content: 'Wash.' },
    { role: 'user', content: 'When?' },
    { role: 'assistant', content: 'Of' },
    { role: 'user', content: 'Where?' },
  ]);
});

test('starting over leaves nothing behind', () => {
  const chat = afterEvent(play(asked('1', 'How?')), { type: 'started_over', sessionId: 's2' });
  assert.deepEqual(chat, { sessionId: 's2', turns: [] });
});
