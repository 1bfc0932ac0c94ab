import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adjustForPast, meanDifference, seededRandom, sumUnits } from '../index.ts';

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} instead of ${expected}`);

test('eight users by NumPy: θ, adjusted ratios, their variances', () => {
  const unit = (count: number, total: number, covariate: number) => ({ count, total, covariate });
  const treatment = sumUnits([unit(2, 9, 1), unit(1, 2, -0.5), unit(3, 13, 0.5), unit(1, 4, 0)]);
  const control = sumUnits([unit(1, 3, 0.5), unit(2, 6, -1), unit(1, 5, 1), unit(2, 7, -0.5)]);
  const adjusted = adjustForPast(treatment, control);
  close(adjusted.theta, 0.780952380952381);
  close(adjusted.treatment.mean, 3.9023809523809523);
  close(adjusted.control.mean, 3.5976190476190477);
  close(adjusted.treatment.variance / adjusted.treatment.n, 0.04085411942554799);
  close(adjusted.control.variance / adjusted.control.n, 0.061451247165532887);
  close(adjusted.variance_removed, 0.6507096774193548);
});

test('without a past nothing changes', () => {
  const [a, b] = [sumUnits([unit(1, 2), unit(2, 5)]), sumUnits([unit(1, 3), unit(1, 4)])];
  const adjusted = adjustForPast(a, b);
  assert.equal(adjusted.theta, 0);
  assert.equal(adjusted.variance_removed, 0);
  assert.equal(adjusted.treatment.mean, 7 / 3);
});

const unit = (count: number, total: number, covariate = 0) => ({ count, total, covariate });

/** Two arms of 200 users whose level before the experiment explains most of what they do in it; the effect is 0.2. */
function experiment(seed: number) {
  const random = seededRandom(seed);
  const noise = () => (random() + random() + random() - 1.5) * 2;
  const arm = (effect: number) =>
    sumUnits(
      Array.from({ length: 200 }, () => {
        const [level, count] = [noise(), 1 + Math.floor(random() * 3)];
        return unit(count, count * (3 + level + effect) + Math.sqrt(count) * 0.4 * noise(), level);
      }),
    );
  return [arm(0.2), arm(0)] as const;
}

test('the effect stays unbiased and its 95 % interval honest, at a fraction of the variance', () => {
  let [held, sum, removed] = [0, 0, 0];
  const runs = 400;
  for (let seed = 0; seed < runs; seed++) {
    const { treatment, control, variance_removed } = adjustForPast(...experiment(seed));
    const { value, ci } = meanDifference(treatment, control);
    held += Number(ci[0] <= 0.2 && 0.2 <= ci[1]);
    sum += value;
    removed += variance_removed;
  }
  assert.ok(held >= 0.92 * runs && held <= 0.98 * runs, `held ${held} of ${runs}`);
  assert.ok(Math.abs(sum / runs - 0.2) < 0.01, `mean effect ${sum / runs}`);
  assert.ok(removed / runs > 0.6, `removed ${removed / runs}`);
});
