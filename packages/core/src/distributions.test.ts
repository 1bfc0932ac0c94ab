import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chiSquareTail, normalCdf, normalQuantile, studentCdf, studentQuantile } from './index.ts';
import { logGamma } from './special-functions.ts';

function close(actual: number, expected: number): void {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);
  assert.ok(error < 1e-11, `${actual} is not ${expected}`);
}

// Expected values: SciPy 1.17.1, scipy.special.gammaln and scipy.stats.
test('log gamma', () => {
  close(logGamma(0.5), 0.5 * Math.log(Math.PI));
  close(logGamma(3.3), 0.9870985778947339);
  close(logGamma(100), 359.1342053695754);
  assert.throws(() => logGamma(0), RangeError);
});

test('normal distribution', () => {
  close(normalCdf(-8), 6.220960574271785e-16);
  close(normalCdf(-1), 0.15865525393145707);
  close(normalCdf(0.5), 0.6914624612740131);
  close(normalQuantile(0.975), 1.959963984540054);
  close(normalQuantile(1e-10), -6.361340902404056);
  close(normalQuantile(1e-300), -37.0470962993612);
  assert.equal(normalQuantile(0.5), 0);
  assert.equal(normalQuantile(1), Infinity);
  assert.throws(() => normalQuantile(1.5), RangeError);
});

test("Student's t distribution", () => {
  close(studentQuantile(0.975, 1), 12.706204736174698);
  close(studentQuantile(0.975, 9), 2.262157162798205);
  close(studentQuantile(0.995, 3), 5.8409093097333571);
  close(studentCdf(-2.5, 4.5), 0.029952843251100272);
});

test('chi-square tail', () => {
  close(chiSquareTail(20, 10), 0.029252688076961134);
  close(chiSquareTail(150, 100), 0.000903932042354);
});
