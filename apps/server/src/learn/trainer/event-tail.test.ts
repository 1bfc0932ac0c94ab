import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EventTail } from './event-tail.ts';

const at = '2026-03-01T00:00:00.000Z';
const log = (sequence: number, message: string) =>
  `${JSON.stringify({ sequence, at, type: 'log', level: 'info', message })}\n`;

async function newFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-tail-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'events.jsonl');
}

test('a file is read as it grows, half a line when its other half has come', async (t) => {
  const path = await newFile(t);
  const tail = new EventTail(path, 0);
  assert.deepEqual((await tail.read()).events, []);
  // A line end to Unicode, not to JSON Lines; and a character whose bytes are torn apart.
  const line = Buffer.from(log(2, 'a\u2028b ü'));
  await appendFile(path, log(1, 'one'));
  await appendFile(path, line.subarray(0, -5));
  const told = (await tail.read()).events.map(({ sequence }) => sequence);
  assert.deepEqual(told, [1]);
  await appendFile(path, line.subarray(-5));
  const [second] = (await tail.read()).events;
  assert.ok(second?.type === 'log' && second.message === 'a\u2028b ü');
  assert.deepEqual((await tail.read()).events, []);
});

test('what is known already is passed over, and what is no event is told with its line', async (t) => {
  const path = await newFile(t);
  await appendFile(
    path,
    `${log(1, 'one')}not json\n${log(2, 'two')}{"sequence":3,"type":"log"}\n${log(4, 'four')}`,
  );
  const { events, unfit } = await new EventTail(path, 1).read();
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    [2, 4],
  );
  assert.match(unfit[0] ?? '', /^line 2 .*not JSON/);
  assert.match(unfit[1] ?? '', /^line 4 .*at:/);
});

test('a file larger than one part is read part by part', async (t) => {
  const path = await newFile(t);
  const lines = Array.from({ length: 3000 }, (_, k) => log(k + 1, 'x'.repeat(100)));
  await appendFile(path, lines.join(''));
  const tail = new EventTail(path, 0);
  const sequences: number[] = [];
  for (let more = true; more; ) {
    const read = await tail.read();
    more = read.more;
    sequences.push(...read.events.map(({ sequence }) => sequence));
  }
  assert.deepEqual(
    sequences,
    lines.map((_, k) => k + 1),
  );
});
