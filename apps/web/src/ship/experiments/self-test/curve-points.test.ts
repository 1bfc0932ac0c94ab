import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curvePoints } from './curve-points.ts';

test('p-values fall by powers of ten, from 1 at the top', () => {
  assert.deepEqual(curvePoints([1, 0.01, 1e-9], { width: 100, height: 80 }), [
    { x: 0, y: 0 },
    { x: 50, y: 40 },
    { x: 100, y: 80 },
  ]);
});
