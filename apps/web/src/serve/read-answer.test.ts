import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttuneAnswer } from '@attune/contracts';
import { AttuneApiError, createClient } from '@attune/sdk';
import { readAnswer } from './read-answer.ts';

const attune: AttuneAnswer = {
  response: 'Hello there',
  reward_score: null,
  response_id: '0198c0de-0000-7000-8000-000000000001',
  candidates_count: 1,
  generation_method: 'as_requested',
  feedback_prompt: 'Was this answer helpful?',
  feedback_token: 't',
  degraded: null,
  warning: null,
  reward_model: null,
  compare: null,
};
const chunk = (content: string, more: object = {}) => ({
  id: `chatcmpl-${attune.response_id}`,
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  ...more,
});

/** The SDK reading a server's stream of these events. */
function stream(...events: unknown[]) {
  const lines = events.map(
    (event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`,
  );
  const client = createClient({ url: 'http://attune.test', fetch: async () => new Response(lines.join('')) });
  return client.streamChat({ body: { messages: [{ role: 'user', content: 'Hi' }] } });
}

test('text comes piece by piece, with the id of the answer', async () => {
  const pieces: [string, string | null][] = [];
  const end = { ...chunk('', { attune }), choices: [] };
  const answer = await readAnswer(
    stream(chunk(''), chunk('Hello '), chunk('there'), end, '[DONE]'),
    (...piece) => pieces.push(piece),
  );
  assert.deepEqual(pieces, [
    ['Hello ', attune.response_id],
    ['there', attune.response_id],
  ]);
  assert.deepEqual(answer, attune);
});

test('an error in the stream is thrown as it is', async () => {
  const error = { code: 'upstream_timeout', message: 'Too slow.', hint: 'Again.', request_id: 'r-1' };
  await assert.rejects(
    readAnswer(stream(chunk('Hel'), { error }), () => {}),
    (thrown) =>
      thrown instanceof AttuneApiError && thrown.code === 'upstream_timeout' && thrown.requestId === 'r-1',
  );
});

test('a stream that ends too early is an error', async () => {
  await assert.rejects(
    readAnswer(stream(chunk('Hel')), () => {}),
    { code: 'answer_broke_off' },
  );
});
