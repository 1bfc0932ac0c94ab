import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookedAt, rowBatches } from './row-batches.ts';

const rows = (count: number, text = '') =>
  Array.from({ length: count }, (_, n) => ({ line: n + 1, data: { text } }));

test('rows go in portions of at most 200, long ones in smaller portions, and none is lost', () => {
  assert.deepEqual(
    rowBatches(rows(450)).map((batch) => batch.length),
    [200, 200, 50],
  );
  const long = rowBatches(rows(5, 'x'.repeat(900_000)));
  assert.deepEqual(
    long.map((batch) => batch.length),
    [2, 2, 1],
  );
  assert.deepEqual(rowBatches([]), []);
});

test('a dry run looks at the first thousand', () => {
  assert.equal(lookedAt(rows(1500)).length, 1000);
  assert.deepEqual(lookedAt([]), []);
});
