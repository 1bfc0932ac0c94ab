import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelBalance, qualityScore, ratingAgreement } from './quality-score.ts';

test('the score is the geometric mean of kept share, agreement and balance', () => {
  const score = qualityScore({ keptShare: 0.9, agreement: 0.8, balance: 0.6 });
  assert.ok(Math.abs(score - 0.756) < 0.0005, 'cube root of 0.432');
  assert.equal(qualityScore({ keptShare: 0.5, agreement: null, balance: null }), 0.5);
  assert.equal(qualityScore({ keptShare: 1, agreement: 1, balance: 0 }), 0);
});

test('balance is twice the smaller share', () => {
  assert.equal(labelBalance([5, 4, 1, 2], 4), 1);
  assert.equal(labelBalance([5, 5, 5, 1], 4), 0.5);
  assert.equal(labelBalance([5, 5], 4), 0);
  assert.equal(labelBalance([], 4), null);
});

test('agreement looks only at answers that several people rated', () => {
  assert.equal(ratingAgreement([[1, 5]]), 0);
  assert.equal(ratingAgreement([[4, 4], [3]]), 1);
  assert.equal(
    ratingAgreement([
      [4, 5],
      [2, 2],
    ]),
    0.875,
    'distances .5 .5 0 0',
  );
  assert.equal(ratingAgreement([[5], [1]]), null);
});
