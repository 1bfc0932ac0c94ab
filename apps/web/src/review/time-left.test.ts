import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeLeft } from './time-left.ts';

test('remaining time is said in the unit that fits', () => {
  assert.deepEqual(timeLeft(5), { unit: 'minutes', count: 1 });
  assert.deepEqual(timeLeft(7000), { unit: 'minutes', count: 117 });
  assert.deepEqual(timeLeft(9000), { unit: 'hours', count: 3 });
});
