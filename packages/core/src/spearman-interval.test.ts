import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spearmanInterval } from './spearman-interval.ts';

test("the interval of Bonett and Wright's formula, by hand", () => {
  // Ranks 1…10 against themselves with neighbours swapped: ρ = 1 − 6·10/(10·99) = 0.93939….
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const y = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9];
  const { value, ci, n } = spearmanInterval(x, y);
  assert.equal(n, 10);
  assert.equal(value.toFixed(6), '0.939394');
  // atanh ρ = 1.7329; SE = √((1 + 0.4412) / 7) = 0.45374; ± 1.95996 · SE = ± 0.88931.
  assert.deepEqual(
    ci.map((bound) => bound.toFixed(2)),
    ['0.69', '0.99'],
  );
});

test('too little data bounds nothing', () => {
  assert.deepEqual(spearmanInterval([1, 2, 3], [1, 2, 3]).ci, [-1, 1]);
  assert.ok(Number.isNaN(spearmanInterval([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]).value));
  assert.ok(spearmanInterval([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).ci.every(Number.isFinite));
});
