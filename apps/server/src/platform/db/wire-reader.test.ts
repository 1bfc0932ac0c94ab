import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProtocolViolation, WireReader } from './wire-reader.ts';

function message(type: string, body: Buffer | string = ''): Buffer {
  const content = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

function packet(code: number, body = ''): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

const startup = packet(196608, 'user\0postgres\0\0');
const series = Buffer.concat(['P', 'B', 'D', 'E', 'S'].map((type) => message(type, `${type} body`)));
const conversation = Buffer.concat([
  packet(80877103),
  startup,
  message('Q', 'SELECT 1\0'),
  series,
  message('P', 'x'),
  message('H'),
  message('S'),
  message('X'),
]);
const expected = ['encryption', 'startup', 'complete', 'complete', 'unfinished', 'complete', 'terminate'];

test('cuts a conversation into batches, wherever it is broken into pieces', () => {
  for (const size of [1, 2, 3, 7, 64, conversation.length]) {
    const reader = new WireReader();
    const batches = [];
    for (let at = 0; at < conversation.length; at += size) {
      batches.push(...reader.push(conversation.subarray(at, at + size)));
    }
    assert.deepEqual(
      batches.map(({ kind }) => kind),
      expected,
      `pieces of ${size}`,
    );
    assert.deepEqual(Buffer.concat(batches.map(({ bytes }) => bytes)), conversation);
    assert.deepEqual(batches[3]?.bytes, series, 'an extended query stays in one piece');
  }
});

test('refuses what is not the protocol', () => {
  assert.throws(() => new WireReader().push(Buffer.from('GET / HTTP/1.1\r\n\r\n')), ProtocolViolation);
  const reader = new WireReader();
  reader.push(startup);
  assert.throws(() => reader.push(Buffer.from([0x51, 0, 0, 0, 1])), ProtocolViolation);
});
