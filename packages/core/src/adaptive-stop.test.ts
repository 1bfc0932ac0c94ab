import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askForMore } from './index.ts';

const budget = { threshold: 0.6, maxCandidates: 3 };

test('asks until a candidate is good enough or the budget is spent', () => {
  assert.deepEqual(askForMore([], budget), { ask: true });
  assert.deepEqual(askForMore([0.5, null], budget), { ask: true });
  assert.deepEqual(askForMore([0.5, 0.6], budget), { ask: false, reason: 'good_enough' });
  assert.deepEqual(askForMore([0.5, 0.1, null], budget), { ask: false, reason: 'enough_candidates' });
});

test('does not start what cannot end in time', () => {
  assert.deepEqual(askForMore([0.5], { ...budget, timeLeftMs: 90, expectedMs: 100 }), {
    ask: false,
    reason: 'out_of_time',
  });
  assert.deepEqual(askForMore([0.5], { ...budget, timeLeftMs: 110, expectedMs: 100 }), { ask: true });
});
