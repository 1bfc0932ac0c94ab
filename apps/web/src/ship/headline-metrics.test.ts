import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headlineMetrics } from './headline-metrics.ts';

test('figures come with interval and n where there are any', () => {
  const performance_metrics = {
    auc: { value: 0.81, ci: [0.77, 0.85], n: 400 },
    pair_accuracy: { value: 0.74, ci: [null, null], n: 12 },
    accuracy: 0.7,
    note: 'free-form',
  };
  assert.deepEqual(headlineMetrics({ performance_metrics }), [
    { name: 'pair_accuracy', value: 0.74, ci: null, n: 12 },
    { name: 'auc', value: 0.81, ci: [0.77, 0.85], n: 400 },
    { name: 'accuracy', value: 0.7, ci: null, n: null },
  ]);
});

test('what is not a figure is left out', () => {
  assert.deepEqual(
    headlineMetrics({ performance_metrics: { auc: null, accuracy: 'high', pair_accuracy: {} } }),
    [],
  );
});
