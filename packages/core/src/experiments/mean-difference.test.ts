import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanDifference, momentsOf } from '../index.ts';

test("Welch's interval of Student's sleep data (R's documentation of t.test: −3.3654832 to 0.2054832)", () => {
  const first = momentsOf([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
  const second = momentsOf([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
  const { value, ci, n } = meanDifference(first, second);
  assert.equal(value.toFixed(2), '-1.58');
  assert.deepEqual(
    ci.map((bound) => bound.toFixed(7)),
    ['-3.3654832', '0.2054832'],
  );
  assert.equal(n, 20);
});

test('a single value bounds nothing, constant samples bound everything', () => {
  assert.deepEqual(meanDifference(momentsOf([3]), momentsOf([1, 2])).ci, [-Infinity, Infinity]);
  assert.deepEqual(meanDifference(momentsOf([3, 3]), momentsOf([1, 1])).ci, [2, 2]);
});
