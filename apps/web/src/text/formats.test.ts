import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english, vietnamese } from './formats.ts';

const ratings = { one: '# rating', other: '# ratings' };

test('counts are written as the language writes them', () => {
  assert.equal(english.count(1234), '1,234');
  assert.equal(vietnamese.count(1234), '1.234');
  assert.equal(english.count(123_456), '123.5K');
  assert.equal(english.decimal(4.256, 2), '4.26');
  assert.deepEqual([0, 0.31749, 2e-5, 1234.5, -0.5].map(english.figure), [
    '0',
    '0.3175',
    '2E-5',
    '1,235',
    '-0.5',
  ]);
  assert.equal(vietnamese.decimal(4.256, 2), '4,26');
});

test('plurals follow the rules of the language', () => {
  assert.equal(english.plural(1, ratings), '1 rating');
  assert.equal(english.plural(0, ratings), '0 ratings');
  assert.equal(english.plural(1234, ratings), '1,234 ratings');
  assert.equal(vietnamese.plural(1, { other: '# đánh giá' }), '1 đánh giá');
});

test('shares never read as nothing or all unless they are', () => {
  assert.equal(english.percent(0), '0 %');
  assert.equal(english.percent(0.004), '<1 %');
  assert.equal(english.percent(0.835), '84 %');
  assert.equal(english.percent(0.998), '>99 %');
  assert.equal(english.percent(1), '100 %');
});

test('durations', () => {
  assert.equal(english.duration(86.6), '87 ms');
  assert.equal(english.duration(1340), '1.3 s');
  assert.equal(vietnamese.duration(1340), '1,3 s');
  assert.equal(english.duration(42_000), '42 s');
});

test('differences carry their sign', () => {
  assert.equal(english.difference(0.25), '+0.25');
  assert.equal(english.difference(-0.1), '−0.10');
  assert.equal(vietnamese.difference(-0.1), '−0,10');
  assert.equal(english.difference(0.001), '±0');
});

test('the recent past is said in words, the rest as a date', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const ago = (timestamp: string) => english.ago(timestamp, now);
  assert.equal(ago('2026-03-10T11:59:30Z'), 'just now');
  assert.equal(ago('2026-03-10T11:55:00Z'), '5 minutes ago');
  assert.equal(ago('2026-03-10T09:00:00Z'), '3 hours ago');
  assert.equal(ago('2026-03-09T12:00:00Z'), 'yesterday');
  assert.equal(ago('2026-01-02T12:00:00Z'), 'Jan 2, 2026');
  // A clock that is a little ahead is not the future.
  assert.equal(ago('2026-03-10T12:00:20Z'), 'just now');
  assert.equal(vietnamese.ago('2026-03-10T11:59:30Z', now), 'vừa xong');
  assert.equal(vietnamese.ago('2026-03-10T11:55:00Z', now), '5 phút trước');
});
