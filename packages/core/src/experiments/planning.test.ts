import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  meanDifferenceSequence,
  minimumDetectableEffect,
  momentsOf,
  observationsFor,
  seededRandom,
} from '../index.ts';

test('minimum detectable effect by SciPy: 4,000 observations of variance 1.44, tightest at 2,000', () => {
  const effect = minimumDetectableEffect(4000, 1.44, { tightestAt: 2000 });
  assert.ok(Math.abs(effect - 0.148112172499078) < 1e-10);
});

test('observations and effect are each other’s inverse; no effect takes for ever', () => {
  const n = observationsFor(0.2, 1.44);
  assert.ok(minimumDetectableEffect(n, 1.44) <= 0.2 && minimumDetectableEffect(n - 1, 1.44) > 0.2);
  assert.equal(observationsFor(0, 1.44), Infinity);
  assert.equal(observationsFor(-0.2, 1.44), n);
  assert.ok(observationsFor(0.2, 1.44, { treatmentShare: 0.1 }) > 2 * n);
});

test('the planned number finds the effect about as often as planned', () => {
  const n = observationsFor(0.5, 1 / 12 + 0.25, { power: 0.8 });
  let found = 0;
  for (let seed = 0; seed < 300; seed++) {
    const random = seededRandom(seed);
    const arm = (effect: number) =>
      momentsOf(Array.from({ length: Math.round(n / 2) }, () => effect + random() + Number(random() < 0.5)));
    found += Number(meanDifferenceSequence(arm(0.5), arm(0)).ci[0] > 0);
  }
  assert.ok(found >= 0.72 * 300 && found <= 0.88 * 300, `${found} of 300`);
});
