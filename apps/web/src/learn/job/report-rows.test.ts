import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportRows } from './report-rows.ts';

test('a report is laid out flat, estimates with interval and n, lists left out', () => {
  const report = {
    steps: 12,
    best: {
      pair_accuracy: { value: 0.7, ci: [0.6, 0.8], n: 40 },
      mse: { value: null, ci: [null, null], n: 0 },
    },
    errors: [{ a: 1 }],
    onnx: 'int8',
  };
  assert.deepEqual(reportRows(report), [
    { name: 'steps', value: 12, ci: null, n: null },
    { name: 'best.pair_accuracy', value: 0.7, ci: [0.6, 0.8], n: 40 },
    { name: 'best.mse.n', value: 0, ci: null, n: null },
    { name: 'onnx', value: 'int8', ci: null, n: null },
  ]);
});
