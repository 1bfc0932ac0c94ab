import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareDifference } from '../index.ts';

// Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
const examples: [number, number, number, number, string, string][] = [
  [56, 70, 48, 80, '0.0524', '0.3339'],
  [9, 10, 3, 10, '0.1705', '0.8090'],
  [10, 10, 0, 20, '0.6791', '1.0000'],
];

for (const [a, m, b, n, low, high] of examples) {
  test(`${a} of ${m} against ${b} of ${n}`, () => {
    const { ci } = shareDifference({ successes: a, n: m }, { successes: b, n });
    assert.deepEqual(
      ci.map((bound) => bound.toFixed(4)),
      [low, high],
    );
  });
}

test('an empty sample bounds nothing', () => {
  const { value, ci } = shareDifference({ successes: 0, n: 0 }, { successes: 1, n: 2 });
  assert.ok(Number.isNaN(value));
  assert.deepEqual(ci, [-1, 1]);
});
