import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideRetraining, type RetrainingBounds, type RetrainingFacts } from './index.ts';

const now = new Date('2026-03-02T12:00:00Z');
const bounds: RetrainingBounds = { ratingsNeeded: 500, accuracy: null, minimumHours: 24, monthlyCost: 10 };
const quiet: RetrainingFacts = {
  now,
  isPaused: false,
  isRunning: false,
  ratings: 0,
  accuracy: null,
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

test('a rule starts when fresh labels surely put the accuracy below its bound', () => {
  const accuracy = { below: 0.7, labels: 100 };
  const seen = (upper: number | null, n: number) => decide({ accuracy: { upper, n } }, { accuracy });
  assert.deepEqual(seen(0.69, 100), { verdict: 'start', cause: 'accuracy' });
  assert.equal(seen(0.7, 100).verdict, 'not_yet', 'the interval reaches the bound');
  assert.equal(seen(0.69, 99).verdict, 'not_yet', 'too few labels');
  assert.equal(seen(null, 100).verdict, 'not_yet', 'labels of one kind have no interval');
  assert.equal(decide({ accuracy: null }, { accuracy }).verdict, 'not_yet');
  assert.equal(decide({ accuracy: { upper: 0.1, n: 1000 } }).verdict, 'not_yet', 'the rule does not ask');
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
