import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatChunk } from '@attune/sdk';
import { type OpenStream, openStreamingAnswer } from './streaming-answer.ts';

function chunk(content: string, end = false): ChatChunk {
  return { id: 'a', choices: [{ index: 0, delta: { content }, finish_reason: end ? 'stop' : null }] };
}

const whole: OpenStream = async function* () {
  yield chunk('Wash ');
  yield chunk('hands.', true);
};

const breaking: OpenStream = async function* () {
  yield chunk('Wash ');
  throw new Error('The connection was lost.');
};

test('an answer grows with its words and is done at its end', async () => {
  const answer = openStreamingAnswer();
  const seen: string[] = [];
  answer.subscribe(() => seen.push(`${answer.state().status}: ${answer.state().text}`));
  await answer.start(whole);
  assert.deepEqual(seen, ['waiting: ', 'streaming: Wash ', 'streaming: Wash hands.', 'done: Wash hands.']);
});

test('an answer that breaks off keeps its text, says why and can be asked for again', async () => {
  const answer = openStreamingAnswer();
  let attempt = 0;
  await answer.start((signal) => {
    attempt += 1;
    return attempt === 1 ? breaking(signal) : whole(signal);
  });
  assert.deepEqual([answer.state().status, answer.state().text], ['broken', 'Wash ']);
  assert.equal(answer.state().problem?.message, 'The connection was lost.');
  await answer.retry();
  assert.deepEqual([answer.state().status, answer.state().text], ['done', 'Wash hands.']);
  assert.equal(answer.state().problem, null);
});

test('a stream without an end is broken, though nothing failed', async () => {
  const answer = openStreamingAnswer();
  await answer.start(async function* () {
    yield chunk('Wash ');
  });
  assert.equal(answer.state().status, 'broken');
});

test('stopping keeps what came and lets the stream go', async () => {
  const answer = openStreamingAnswer();
  let letGo = false;
  await answer.start(async function* (signal) {
    signal.addEventListener('abort', () => {
      letGo = true;
    });
    yield chunk('Wash ');
    answer.stop();
    yield chunk('never shown');
  });
  assert.deepEqual([answer.state().status, answer.state().text, letGo], ['stopped', 'Wash ', true]);
});

test('asking again lets the earlier answer go: its words do not come in between', async () => {
  const answer = openStreamingAnswer();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = answer.start(async function* () {
    await held;
    yield chunk('old', true);
  });
  await answer.start(whole);
  release();
  await first;
  assert.equal(answer.state().text, 'Wash hands.');
});
