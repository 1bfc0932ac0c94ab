import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines } from './read-lines.ts';

test('lines keep their numbers; what is no JSON object is named', () => {
  const { rows, bad } = readLines('\uFEFF{"query":"a"}\r\n\n[1]\n{"query":"b"}\nnot json\n');
  assert.deepEqual(rows, [
    { line: 1, data: { query: 'a' } },
    { line: 4, data: { query: 'b' } },
  ]);
  assert.deepEqual(bad, [3, 5]);
});
