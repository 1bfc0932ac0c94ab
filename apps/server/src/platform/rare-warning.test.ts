import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from './log.ts';
import { RareWarning } from './rare-warning.ts';

test('says it at once, then once a minute with a count', () => {
  const lines: { msg: string; times: number }[] = [];
  const log = createLog({ sink: { write: (line) => lines.push(JSON.parse(line)) } });
  let now = 0;
  const warning = new RareWarning({ log, message: 'it is away', now: () => now });
  for (now = 0; now <= 120_000; now += 1000) warning.warn(new Error('away'));
  assert.deepEqual(
    lines.map(({ msg, times }) => [msg, times]),
    [
      ['it is away', 1],
      ['it is away', 60],
      ['it is away', 60],
    ],
  );
});
