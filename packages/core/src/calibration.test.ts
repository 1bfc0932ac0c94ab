import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerCalibrationError, expectedCalibrationError, reliability } from './index.ts';

test('expected calibration error by hand (Guo et al. 2017, equation 3)', () => {
  // Bin 0.2–0.3 holds 0.2 and 0.25, one true: |0.5 − 0.225|; bin 0.9–1 holds 0.9 and 1, both true: |1 − 0.95|.
  const error = expectedCalibrationError([0.2, 0.25, 0.9, 1], [true, false, true, true]);
  assert.ok(Math.abs(error - (0.5 * 0.275 + 0.5 * 0.05)) < 1e-12);
});

test('the calibration error by answers takes four stars in the mean as good', () => {
  const answers = [
    { reward: 0.25, rating: 3.5 },
    { reward: 0.9, rating: 4 },
  ];
  assert.ok(Math.abs(answerCalibrationError(answers) - (0.25 + 0.1) / 2) < 1e-12);
});

test('reliability bins carry their size and leave out empty ones', () => {
  const bins = reliability([0.05, 0.06, 0.95], [false, true, true]);
  assert.deepEqual(
    bins.map((bin) => [bin.lower, bin.observed.value, bin.observed.n]),
    [
      [0, 0.5, 2],
      [0.9, 1, 1],
    ],
  );
  assert.throws(() => reliability([1.2], [true]), RangeError);
});
