import assert from 'node:assert/strict';
import { test } from 'node:test';
import { midranks, pearson, spearman } from './index.ts';

test("Pearson's correlation of Anscombe 1973, first set: 0.816", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  assert.equal(pearson(x, y).toFixed(5), '0.81642');
});

test("Spearman's correlation of IQ and hours of television (Wikipedia, Spearman's rank correlation): −29/165", () => {
  const iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17];
  assert.ok(Math.abs(spearman(iq, hours) + 29 / 165) < 1e-12);
});

test('tied values share their ranks and a constant column has no correlation', () => {
  assert.deepEqual(midranks([10, 20, 10, 30]), [1.5, 3, 1.5, 4]);
  assert.ok(Number.isNaN(pearson([1, 1], [1, 2])));
  assert.throws(() => pearson([1], [1, 2]), RangeError);
});
