import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SnapshotRating } from '@attune/contracts';
import { errorTables } from './error-tables.ts';

const feedback_id = '01940000-0000-7000-8000-000000000001';

function rated(
  query: string,
  response: string,
  rating: number,
  labels: Partial<SnapshotRating>,
): SnapshotRating {
  return { type: 'rating', split: 'validation', query, response, rating, ...labels, feedback_id };
}

const questions = Array.from({ length: 30 }, (_, at) => `Question ${at}?`);
const rewardOf = (_: unknown, response: string) => (response === 'good' ? 0.75 : 0.5);

test('errors are told by category, small ones together, and pairs by their better answer', () => {
  const rows = questions.flatMap((query, at) => {
    const category = at < 27 ? 'tax' : `rare ${at}`;
    return [rated(query, 'good', 5, { category }), rated(query, 'bad', 1, { category })];
  });
  const { category, length, user_group } = errorTables(rows, rewardOf, 1);
  assert.equal(user_group, undefined, 'no row names one');
  assert.deepEqual(
    category?.map(({ group, mae, pair_accuracy }) => [group, mae?.value, mae?.n, pair_accuracy?.n]),
    [
      ['tax', (0.25 + 0.5) / 2, 54, 27],
      ['other', (0.25 + 0.5) / 2, 6, 3],
    ],
  );
  assert.equal(category?.[0]?.pair_accuracy?.value, 1);
  assert.equal(
    length?.reduce((sum, { mae }) => sum + (mae?.n ?? 0), 0),
    60,
  );
});

test('a group of users is measured by its own ratings, the mean being right for neither', () => {
  const rows = questions.flatMap((query) => [
    rated(query, 'good', 1, { user_group: 'expert' }),
    rated(query, 'good', 5, { user_group: 'user' }),
  ]);
  const { user_group } = errorTables(rows, rewardOf, 1);
  assert.deepEqual(
    user_group?.map(({ group, mae }) => [group, mae?.value]),
    [
      ['expert', 0.75],
      ['user', 0.25],
    ],
  );
});

test('there is no table where every group is small, and none without rows', () => {
  const rows = questions.slice(0, 19).map((query) => rated(query, 'good', 5, { category: 'rare' }));
  assert.deepEqual(Object.keys(errorTables(rows, rewardOf, 1)), ['length']);
  assert.deepEqual(errorTables([], rewardOf, 1), {});
});
