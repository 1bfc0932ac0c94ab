import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightedMean } from './index.ts';

test('dimension scores combine by the weights of the request', () => {
  const scores = { accuracy: 1, helpfulness: 0.5, clarity: 0, safety: 1 };
  const mixed = weightedMean(scores, { accuracy: 0.3, helpfulness: 0.3, clarity: 0.2, safety: 0.2 });
  assert.ok(Math.abs(mixed! - 0.65) < 1e-12);
  assert.equal(weightedMean(scores, { clarity: 2 }), 0);
  assert.equal(weightedMean(scores), 0.625);
});

test('missing scores do not count, and nothing to count is null', () => {
  assert.equal(weightedMean({ accuracy: 0.8, clarity: undefined }, { accuracy: 1, clarity: 9 }), 0.8);
  assert.equal(weightedMean({ accuracy: 0.8 }, { clarity: 1 }), null);
  assert.equal(weightedMean({}), null);
  assert.throws(() => weightedMean({ accuracy: 1 }, { accuracy: -1 }), RangeError);
});
