import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, countText, differenceText, durationText, percentText } from './number-text.ts';

test('counts', () => {
  assert.equal(countText(1234), '1,234');
  assert.equal(countText(123_456), '123.5K');
  assert.equal(counted(1, 'rating'), '1 rating');
  assert.equal(counted(0, 'rating'), '0 ratings');
});

test('shares never read as nothing or all unless they are', () => {
  assert.equal(percentText(0), '0 %');
  assert.equal(percentText(0.004), '<1 %');
  assert.equal(percentText(0.835), '84 %');
  assert.equal(percentText(0.998), '>99 %');
  assert.equal(percentText(1), '100 %');
});

test('durations', () => {
  assert.equal(durationText(86.6), '87 ms');
  assert.equal(durationText(1340), '1.3 s');
  assert.equal(durationText(42_000), '42 s');
});

test('differences carry their sign', () => {
  assert.equal(differenceText(0.25), '+0.25');
  assert.equal(differenceText(-0.1), '−0.10');
  assert.equal(differenceText(0.001), '±0');
});
