import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shown, table } from './table.ts';

test('a table has its numbers to the right', () => {
  assert.equal(table(['', 'n'], [['a', 1]]), '|  | n |\n| --- | --: |\n| a | 1 |');
});

test('an interval that the data cannot bound is shown as open', () => {
  assert.equal(shown({ value: 0.5, ci: [0.25, 0.751], n: 4 }), '0.50 [0.25, 0.75]');
  const unbounded = JSON.stringify({ value: 0.5, ci: [-Infinity, Infinity], n: 1 });
  assert.equal(shown(JSON.parse(unbounded)), '0.50 [–, –]');
  assert.equal(shown(null), '–');
});
