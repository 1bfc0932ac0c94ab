import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  armMoments,
  combineStrata,
  stratifiedDifference,
  stratifiedRelativeDifference,
  sumUnits,
  withLeastVariance,
} from '../index.ts';

/** So many people of whom some were hit, once each. */
const share = (hit: number, people: number) =>
  armMoments(sumUnits(Array.from({ length: people }, (_, k) => ({ count: 1, total: Number(k < hit) }))));
const close = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-9, `${actual} instead of ${expected}`);

test("Mantel and Haenszel's risk difference over two tables", () => {
  // Weights 40 · 60 / 100 = 24 and 50 · 50 / 100 = 25: (24 (10/40 − 9/60) + 25 (20/50 − 15/50)) / 49.
  const arms = combineStrata([
    { treatment: share(10, 40), control: share(9, 60) },
    { treatment: share(20, 50), control: share(15, 50) },
  ]);
  assert.ok(arms !== null);
  const { value, ci, n } = stratifiedDifference(arms, { tightestAt: 50 });
  close(value, (24 * 0.1 + 25 * 0.1) / 49);
  close(arms.information, 49);
  assert.equal(n, 200);
  // Variance: Σ (w / Σw)² (s₁² / n₁ + s₀² / n₀), with unbiased variances.
  const error = (p: number, people: number) => (p * (1 - p)) / (people - 1);
  const expected =
    (24 / 49) ** 2 * (error(0.25, 40) + error(0.15, 60)) + (25 / 49) ** 2 * (error(0.4, 50) + error(0.3, 50));
  close(arms.treatment.variance + arms.control.variance, expected);
  assert.ok(ci[0] < 0.1 && ci[1] > 0.1);
  const relative = stratifiedRelativeDifference(arms, { tightestAt: 50 });
  close(relative.value, arms.treatment.mean / arms.control.mean - 1);
});

test('a stratum with an arm of fewer than two people compares nothing', () => {
  assert.equal(combineStrata([{ treatment: share(1, 1), control: share(9, 60) }]), null);
  assert.equal(combineStrata([]), null);
});

test('nothing that varied is nothing known', () => {
  const arms = combineStrata([{ treatment: share(0, 40), control: share(0, 60) }]);
  assert.ok(arms !== null);
  assert.deepEqual(stratifiedDifference(arms, {}).ci, [-Infinity, Infinity]);
});

test("Agresti and Caffo's variance: one more success and one more failure", () => {
  const none = withLeastVariance(share(0, 98), [0, 1]);
  close(none.variance, 1 / 100);
  assert.equal(none.mean, 0);
  const stars = armMoments(sumUnits(Array.from({ length: 98 }, () => ({ count: 1, total: 5 }))));
  close(withLeastVariance(stars, [1, 5]).variance, 16 / 100);
});
