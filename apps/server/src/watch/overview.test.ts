import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from './activity.ts';
import { annotators } from './annotators.ts';
import { lastDays, overview } from './overview.ts';

const now = new Date('2026-03-02T09:00:00Z');
const quiet = { answers: 0, reached: 0, feedback: 0, reactions: 0, positive: 0 };
const read = async () => [
  { ...quiet, day: '2026-02-26', answers: 50 },
  { ...quiet, day: '2026-03-01', answers: 60, reached: 10 },
  { day: '2026-03-02', answers: 88, reached: 5, feedback: 20, reactions: 15, positive: 12 },
];
const activity: Activity = {
  done: {
    feedback: async () => [{ principal: 'member:a', n: 2, lastAt: new Date('2026-03-01T10:00:00Z') }],
    reviews: async () => [
      { principal: 'member:b', n: 9, lastAt: new Date('2026-02-28T10:00:00Z') },
      { principal: 'member:a', n: 3, lastAt: new Date('2026-03-02T08:00:00Z') },
      { principal: 'member:gone', n: 99, lastAt: now },
    ],
    judgements: async () => [],
  },
  members: async () => [
    { principal: 'member:a', name: 'Ada', email: 'ada@example.com' },
    { principal: 'member:b', name: 'Ben', email: 'ben@example.com' },
  ],
};

test('the last days end today, over the end of a month', () => {
  assert.deepEqual(lastDays(3, now), ['2026-02-28', '2026-03-01', '2026-03-02']);
});

test('every day is there, and shares carry their interval', async () => {
  const found = await overview(read, 3, now);
  assert.deepEqual(
    found.days.map(({ day, answers, answers_with_feedback }) => [day, answers, answers_with_feedback]),
    [
      ['2026-02-28', 0, 0],
      ['2026-03-01', 60, 10],
      ['2026-03-02', 88, 5],
    ],
  );
  assert.equal(found.now.answers, 148);
  // Newcombe 1998, table I: 15 of 148 has the Wilson interval 0.0624 to 0.1605.
  const [low, high] = found.now.coverage.ci;
  assert.equal(low?.toFixed(4), '0.0624');
  assert.equal(high?.toFixed(4), '0.1605');
  assert.equal(found.now.satisfaction.value, 0.8);
  assert.equal(found.before.answers, 50);
  assert.deepEqual(found.before.satisfaction, { value: null, ci: [null, null], n: 0 });
});

test('members are listed with what they did, the busiest first; who left is not', async () => {
  const items = await annotators(activity, 'o', now);
  assert.deepEqual(
    items.map(({ name, feedback, reviews, last_at }) => [name, feedback, reviews, last_at]),
    [
      ['Ben', 0, 9, '2026-02-28T10:00:00.000Z'],
      ['Ada', 2, 3, '2026-03-02T08:00:00.000Z'],
    ],
  );
});
