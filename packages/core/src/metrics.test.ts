import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accuracy, auc, meanAbsoluteError, meanSquaredError, pairAccuracy } from './index.ts';

test('accuracy is the share of right predictions', () => {
  assert.equal(accuracy([true, false, true, true], [true, true, true, false]), 0.5);
  assert.throws(() => accuracy([true], []), RangeError);
});

test('AUC of the rating data of Hanley and McNeil 1982, table I: 0.893', () => {
  const normal = [33, 6, 6, 11, 2];
  const abnormal = [3, 2, 2, 11, 33];
  const expand = (counts: number[]) =>
    counts.flatMap((count, rating) => new Array<number>(count).fill(rating + 1));
  const scores = [...expand(normal), ...expand(abnormal)];
  const labels = scores.map((_, index) => index >= 58);
  assert.equal(auc(scores, labels).toFixed(3), '0.893');
});

test('AUC counts ties half and is undefined with one class', () => {
  assert.equal(auc([1, 1], [true, false]), 0.5);
  assert.ok(Number.isNaN(auc([1, 2], [true, true])));
});

test('pair accuracy counts ties half', () => {
  assert.equal(pairAccuracy([0.2, 1, -3, 0]), 0.625);
  assert.ok(Number.isNaN(pairAccuracy([])));
});

test('squared and absolute error', () => {
  assert.equal(meanSquaredError([1, 2, 3], [1, 4, 6]), 13 / 3);
  assert.equal(meanAbsoluteError([1, 2, 3], [1, 4, 6]), 5 / 3);
});
