import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleRows } from './visible-rows.ts';

test('a few rows are drawn, however many there are', () => {
  const view = { height: 640, rowHeight: 64, count: 100_000 };
  assert.deepEqual(visibleRows({ ...view, top: 0 }), { start: 0, end: 18 });
  assert.deepEqual(visibleRows({ ...view, top: 64_000 }), { start: 992, end: 1018 });
  assert.deepEqual(visibleRows({ ...view, top: 0, count: 3 }), { start: 0, end: 3 });
  assert.deepEqual(visibleRows({ ...view, top: 64_000, count: 3 }), { start: 3, end: 3 });
});
