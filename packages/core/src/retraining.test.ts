import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideRetraining, type RetrainingBounds, type RetrainingFacts } from './index.ts';

const now = new Date('2026-03-02T12:00:00Z');
const bounds: RetrainingBounds = { ratingsNeeded: 500, minimumHours: 24, monthlyCost: 10 };
const quiet: RetrainingFacts = {
  now,
  isPaused: false,
  isRunning: false,
  ratings: 0,
  isDue: false,
  lastStart: null,
  spent: 0,
  expectedCost: 0,
};

const decide = (facts: Partial<RetrainingFacts>, more: Partial<RetrainingBounds> = {}) =>
  decideRetraining({ ...bounds, ...more }, { ...quiet, ...facts });

test('a rule starts with enough ratings or when its time has come', () => {
  assert.deepEqual(decide({ ratings: 499 }), { verdict: 'not_yet', cause: null });
  assert.deepEqual(decide({ ratings: 500 }), { verdict: 'start', cause: 'ratings' });
  assert.deepEqual(decide({ isDue: true }), { verdict: 'start', cause: 'schedule' });
  assert.deepEqual(decide({ ratings: 1_000_000 }, { ratingsNeeded: null }), {
    verdict: 'not_yet',
    cause: null,
  });
});

test('it waits until the last start is long enough ago', () => {
  const anHourShort = new Date('2026-03-01T13:00:00Z');
  assert.equal(decide({ ratings: 500, lastStart: anHourShort }).verdict, 'too_soon');
  assert.equal(decide({ ratings: 500, lastStart: new Date('2026-03-01T12:00:00Z') }).verdict, 'start');
  assert.equal(decide({ ratings: 500, lastStart: anHourShort }, { minimumHours: 0 }).verdict, 'start');
});

test("it stays within the month's limit", () => {
  assert.equal(decide({ isDue: true, spent: 7, expectedCost: 3 }).verdict, 'start');
  assert.equal(decide({ isDue: true, spent: 7, expectedCost: 3.01 }).verdict, 'over_limit');
  assert.equal(decide({ isDue: true, spent: 7, expectedCost: 9 }, { monthlyCost: null }).verdict, 'start');
});

test('neither a paused rule nor one whose run is under way starts', () => {
  assert.deepEqual(decide({ ratings: 500, isPaused: true }), { verdict: 'paused', cause: null });
  assert.deepEqual(decide({ ratings: 500, isPaused: true, isRunning: true }), {
    verdict: 'running',
    cause: null,
  });
});
