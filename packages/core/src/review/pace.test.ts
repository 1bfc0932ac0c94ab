import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceOf, secondsLeft } from './pace.ts';

const MINUTE = 60_000;

test('five decisions a minute apart are sixty an hour', () => {
  const pace = paceOf([4, 2, 0, 1, 3].map((minutes) => minutes * MINUTE));
  assert.deepEqual(pace, { perHour: 60, n: 5 });
  assert.equal(secondsLeft(90, pace), 5400);
  assert.equal(secondsLeft(0, pace), 0);
});

test('there is no pace below five decisions, nor in one moment', () => {
  assert.deepEqual(paceOf([]), { perHour: null, n: 0 });
  assert.deepEqual(paceOf([0, 1, 2, 3]), { perHour: null, n: 4 });
  const atOnce = paceOf([7, 7, 7, 7, 7]);
  assert.deepEqual(atOnce, { perHour: null, n: 5 });
  assert.equal(secondsLeft(10, atOnce), null);
});
