import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvents } from './events.ts';

function streamOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

async function eventsIn(parts: readonly Uint8Array[]): Promise<string[]> {
  const events: string[] = [];
  for await (const event of readEvents(streamOf(parts))) events.push(event);
  return events;
}

const sample = [
  ': a comment\n\n',
  'data: {"text":"füße 🎈"}\n\n',
  'event: x\r\ndata: one\r\ndata: two\r\n\r\n',
  'data:no space\n\ndata:  two spaces\n\n',
  'data: old\rdata: style\r\r',
  'id: 7\n\n',
  'data\n\n',
  'data: cut off',
].join('');
const expected = ['{"text":"füße 🎈"}', 'one\ntwo', 'no space', ' two spaces', 'old\nstyle', ''];

test('reads events as the standard says', async () => {
  assert.deepEqual(await eventsIn([Buffer.from(sample)]), expected);
});

test('reads them alike wherever the stream is cut', async () => {
  const bytes = Buffer.from(sample);
  for (let at = 1; at < bytes.length; at += 1) {
    assert.deepEqual(await eventsIn([bytes.subarray(0, at), bytes.subarray(at)]), expected, `cut at ${at}`);
  }
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  assert.deepEqual(await eventsIn(single), expected, 'byte by byte');
});

test('a stream may end right after its last line end', async () => {
  for (const end of ['\n\n', '\r\n\r\n', '\r\r']) {
    assert.deepEqual(await eventsIn([Buffer.from(`data: last${end}`)]), ['last'], JSON.stringify(end));
  }
  assert.deepEqual(await eventsIn([]), []);
});

test('lets go of the stream when the reader stops', async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Buffer.from('data: x\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of readEvents(stream)) break;
  assert.ok(cancelled);
});
