import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saidAfter, saidIn, saysSomething } from './said.ts';

const before = saidAfter(saidIn(null), {
  rating: 4,
  thumbs: 'up',
  rating_dimensions: { accuracy: 5 },
  comment: 'Good.',
  reasons: ['Clear'],
});

test('silence says nothing; a word says something', () => {
  assert.equal(saysSomething(saidIn(null)), false);
  assert.equal(saysSomething(before), true);
  assert.equal(saysSomething(saidAfter(saidIn(null), { reasons: ['Wrong'] })), true);
});

test('what is said now changes what it names and leaves the rest', () => {
  const after = saidAfter(before, { rating_dimensions: { clarity: 2 }, comment: '' });
  assert.deepEqual(after.dimensions, { accuracy: 5, clarity: 2 });
  assert.equal(after.comment, '');
  assert.equal(after.rating, 4);
  assert.deepEqual(after.reasons, ['Clear']);
});

test('thumbs and stars never contradict each other', () => {
  const down = saidAfter(before, { thumbs: 'down' });
  assert.deepEqual([down.rating, down.thumbs], [null, 'down']);
  const one = saidAfter(before, { rating: 1 });
  assert.deepEqual([one.rating, one.thumbs], [1, null]);
  assert.equal(saidAfter(before, { rating: 3 }).thumbs, 'up');
});
