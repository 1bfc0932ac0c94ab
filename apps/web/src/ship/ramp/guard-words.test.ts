import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english } from '../../text/formats.ts';
import { armWords, gapInterval, gapWords } from './guard-words.ts';

test('each metric is said in its own unit', () => {
  assert.equal(armWords('rating', 4.126, english), '4.13');
  assert.equal(armWords('error_rate', 0.0062, english), '0.6 %');
  assert.equal(armWords('latency', 310.4, english), '310 ms');
  assert.equal(armWords('cost', null, english), '–');
  assert.equal(gapWords('rating', -0.3, english, 'pp'), '−0.3');
  assert.equal(gapWords('error_rate', 0.012, english, 'pp'), '+1.2 pp');
  assert.equal(gapWords('latency', 0.5, english, 'pp'), '+50 %');
});

test('what nothing bounds is said to be so', () => {
  const words = { points: 'pp', unbounded: 'any' };
  assert.equal(gapInterval('safety', [0.5, null], english, words), '+50 % … any');
  assert.equal(gapInterval('safety', [null, null], english, words), null);
  assert.equal(gapInterval('rating', [-0.5, 0.1], english, words), '−0.5 … +0.1');
});
