import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom, shareSequence, wilson } from '../index.ts';

test('no success in ten, by hand: (1 − p)¹⁰ = 0.05 / 11 at the upper end', () => {
  const { ci, value, n } = shareSequence(0, 10);
  assert.deepEqual([value, n, ci[0]], [0, 10, 0]);
  assert.ok(Math.abs(ci[1] - (1 - (0.05 / 11) ** 0.1)) < 1e-9);
});

test('half of two: ½² · 6 = 1.5 stays, and the ends solve p(1 − p) = 1 / 120', () => {
  // The mixture of 1 success in 2 is ∫ p(1 − p) dp = 1/6; it rejects where p(1 − p) < 0.05 / 6.
  const end = (1 - Math.sqrt(1 - 4 / 120)) / 2;
  const { ci } = shareSequence(1, 2);
  assert.ok(Math.abs(ci[0] - end) < 1e-9 && Math.abs(ci[1] - (1 - end)) < 1e-9);
});

test('nothing seen, nothing known; bad counts are refused', () => {
  assert.deepEqual(shareSequence(0, 0).ci, [0, 1]);
  assert.throws(() => shareSequence(3, 2), RangeError);
});

test('looking after every request, 1 error in 100 is rarely taken for more, where the usual interval often does', () => {
  const runs = 200;
  let [sequence, usual] = [0, 0];
  for (let seed = 0; seed < runs; seed++) {
    const random = seededRandom(seed);
    let [errors, alarm, usualAlarm] = [0, false, false];
    for (let n = 1; n <= 2000; n++) {
      errors += Number(random() < 0.01);
      if (n < 50 || n % 10 > 0) continue;
      alarm ||= shareSequence(errors, n).ci[0] > 0.01;
      usualAlarm ||= wilson(errors, n).ci[0] > 0.01;
    }
    sequence += Number(alarm);
    usual += Number(usualAlarm);
  }
  assert.ok(sequence / runs <= 0.05, `sequence ${sequence}`);
  assert.ok(usual / runs > 0.1, `usual ${usual}`);
});
