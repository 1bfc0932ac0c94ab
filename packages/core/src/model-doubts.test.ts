import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Estimate } from './interval.ts';
import { modelDoubts } from './model-doubts.ts';

const estimate = (value: number, low: number, high: number): Estimate => ({ value, ci: [low, high], n: 100 });
const none = { auc: null, pair_accuracy: null, length_pair_accuracy: null };

test('a good model and an unmeasured one are not doubted', () => {
  assert.deepEqual(modelDoubts(none), []);
  const good = { auc: estimate(0.75, 0.7, 0.8), pair_accuracy: estimate(0.78, 0.75, 0.82) };
  assert.deepEqual(modelDoubts({ ...good, length_pair_accuracy: estimate(0.6, 0.55, 0.65) }), []);
});

test('worse than chance needs an interval below one half, in either order', () => {
  assert.deepEqual(modelDoubts({ ...none, auc: estimate(0.15, 0.13, 0.17) }), ['worse_than_chance']);
  assert.deepEqual(modelDoubts({ ...none, auc: estimate(0.45, 0.35, 0.55) }), ['not_better_than_chance']);
  const mixed = { auc: estimate(0.2, 0.1, 0.3), pair_accuracy: estimate(0.7, 0.6, 0.8) };
  assert.deepEqual(modelDoubts({ ...none, ...mixed }), ['worse_than_chance']);
});

test('choosing the longer answer is a baseline to beat', () => {
  const pairs = { pair_accuracy: estimate(0.64, 0.6, 0.68), length_pair_accuracy: estimate(0.66, 0.62, 0.7) };
  assert.deepEqual(modelDoubts({ ...none, ...pairs }), ['not_better_than_length']);
});
