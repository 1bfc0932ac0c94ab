import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestOfN } from './index.ts';

test('two queries by hand', () => {
  const { mean_rating, random, oracle, gap_closed } = bestOfN(
    [
      { scores: [0.9, 0.1, 0.2], ratings: [4, 1, 4] },
      { scores: [0.3, 0.8, 0.1], ratings: [5, 2, 2] },
    ],
    { seed: 1 },
  );
  assert.deepEqual([mean_rating.value, random.value, oracle.value], [3, 3, 4.5]);
  assert.equal(gap_closed.value, 0);
  assert.deepEqual([mean_rating.n, gap_closed.n], [2, 2]);
});

test('ties deliver the mean of the tied', () => {
  const groups = [{ scores: [1, 1, 0], ratings: [5, 2, 1] }];
  assert.equal(bestOfN(groups, { seed: 1 }).mean_rating.value, 3.5);
});

test('scoring by the rating itself closes the gap, and no gap is not a closed gap', () => {
  const groups = Array.from({ length: 40 }, (_, k) => ({ scores: [1, k % 5], ratings: [1, k % 5] }));
  assert.deepEqual(bestOfN(groups, { seed: 1 }).gap_closed, { value: 1, ci: [1, 1], n: 40 });
  assert.ok(Number.isNaN(bestOfN([{ scores: [1, 2], ratings: [3, 3] }], { seed: 1 }).gap_closed.value));
});

test('bad input is refused', () => {
  assert.throws(() => bestOfN([{ scores: [], ratings: [] }], { seed: 1 }), RangeError);
  assert.throws(() => bestOfN([{ scores: [1], ratings: [1, 2] }], { seed: 1 }), RangeError);
  assert.throws(() => bestOfN([{ scores: [Number.NaN], ratings: [1] }], { seed: 1 }), RangeError);
});
