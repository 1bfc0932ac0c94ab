import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reliabilityBins } from './reliability-bins.ts';

test('reliability is read from a report, and nothing where it has none that can be drawn', () => {
  const bin = { from: 0.2, to: 0.3, score: 0.24, rating: { value: 0.5, ci: [0, 1], n: 2, groups: 2 } };
  const [found] = reliabilityBins({ reliability: [bin] });
  assert.deepEqual([found?.score, found?.rating.ci, found?.rating.n], [0.24, [0, 1], 2]);
  assert.deepEqual(reliabilityBins({}), []);
  // As reports of earlier releases have it, without intervals.
  assert.deepEqual(reliabilityBins({ reliability: [{ ...bin, rows: 2, rating: 0.5 }] }), []);
});
