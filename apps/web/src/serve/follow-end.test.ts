import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followsEnd, type ScrollPlace } from './follow-end.ts';

const place = (top: number, contentHeight = 1000): ScrollPlace => ({ top, height: 400, contentHeight });

test('one step up lets go', () => {
  assert.equal(followsEnd(true, place(600), place(590)), false);
});

test('text that grows while nobody scrolls changes nothing', () => {
  assert.equal(followsEnd(true, place(600), place(600, 1100)), true);
  assert.equal(followsEnd(false, place(300), place(300, 1100)), false);
});

test('coming back to the end holds on again, reading on in the middle does not', () => {
  assert.equal(followsEnd(false, place(400), place(600)), true);
  assert.equal(followsEnd(false, place(400), place(580)), true);
  assert.equal(followsEnd(false, place(400), place(500)), false);
});

test('content that shrinks is no scroll upwards', () => {
  assert.equal(followsEnd(true, place(600), place(500, 900)), true);
});
