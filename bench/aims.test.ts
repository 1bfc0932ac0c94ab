import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aimsText } from './aims.ts';

test('each aim says whether it was met', () => {
  const lines = aimsText([
    { what: 'Time', unit: 's', most: 1.5, measured: 1.5 },
    { what: 'Memory', unit: 'MB', most: 200, measured: 454 },
    { what: 'Answers', unit: 'a second', least: 5000, measured: 5030 },
    { what: 'Others', unit: 'a second', least: 5000, measured: undefined },
  ]).split('\n');
  assert.deepEqual(lines.slice(2), [
    '- Time, at most 1.5 s: 1.5, **met**.',
    '- Memory, at most 200 MB: 454, **missed**.',
    '- Answers, at least 5000 a second: 5030, **met**.',
    '- Others, at least 5000 a second: not measured.',
  ]);
});
