import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CalibrationPoint, fitPlatt } from './platt.ts';

/** 400 scores with noise of the same size: neither separable nor useless. */
const points: CalibrationPoint[] = Array.from({ length: 400 }, (_, i) => {
  const signal = Math.sin(12.9898 * i);
  return { score: signal, target: signal + Math.sin(3.7 * i) > 0 ? 1 : 0, weight: 1 };
});
const times = (factor: number) => points.map((point) => ({ ...point, score: point.score * factor }));

// scikit-learn 1.7: LogisticRegression(penalty=None).fit(scores, targets) gives slope 1.8176 for these points.
test('the curve is that of a logistic regression, but for a weak prior', () => {
  const { slope, offset } = fitPlatt(points);
  assert.ok(Math.abs(slope - 1.8176) < 0.02, String(slope));
  assert.ok(Math.abs(offset) < 0.1, String(offset));
});

test('scores in another unit give the same probabilities', () => {
  const { slope, offset } = fitPlatt(points);
  for (const factor of [1e-3, 16, 1e4]) {
    const scaled = fitPlatt(times(factor));
    assert.ok(Math.abs(scaled.slope * factor - slope) < 1e-6, `${factor}: ${scaled.slope * factor}`);
    assert.ok(Math.abs(scaled.offset - offset) < 1e-6);
  }
});

test('scores that separate the classes give a finite curve, scores that say nothing a flat one', () => {
  const separated = points.map((point) => ({ ...point, target: point.score > 0 ? 1 : 0 }));
  assert.ok(fitPlatt(separated).slope < 100);
  const reversed = points.map((point) => ({ ...point, target: 1 - point.target }));
  const { slope } = fitPlatt(reversed);
  assert.ok(slope > 0 && slope < 0.1, String(slope));
  assert.deepEqual(fitPlatt([]), { slope: 1, offset: 0 });
});
