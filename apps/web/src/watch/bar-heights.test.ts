import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barHeights } from './bar-heights.ts';

test('bars are shares of the tallest, and few is not none', () => {
  assert.deepEqual(barHeights([0, 1, 50, 100, 25]), [0, 6, 50, 100, 25]);
  assert.deepEqual(barHeights([0, 0, 0, 0, 0]), [0, 0, 0, 0, 0]);
});
