import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english, vietnamese } from '../../text/formats.ts';
import { differenceOf, estimateOf } from './figures.ts';

test('figures carry their unit, interval and n', () => {
  const share = { value: 0.721, ci: [0.68, 0.758] as [number, number], n: 412 };
  assert.equal(estimateOf('satisfaction', share, english), '72.1 % [68.0 %, 75.8 %], n = 412');
  assert.equal(estimateOf('satisfaction', share, vietnamese), '72,1 % [68,0 %, 75,8 %], n = 412');
  const unknown = { value: null, ci: [null, null] as [null, null], n: 0 };
  assert.equal(estimateOf('rating', unknown, english), '–');
  assert.equal(
    differenceOf('latency', { value: -250, ci: [-400, 100], n: 90 }, english),
    '−0.25 s [−0.40 s, +0.10 s]',
  );
  assert.equal(differenceOf('tokens', { value: 12, ci: [null, null], n: 3 }, english), '+12');
});
