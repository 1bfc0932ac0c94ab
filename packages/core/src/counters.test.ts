import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  averageRating,
  counterMoments,
  emptyCounter,
  meanInterval,
  merged,
  recentTrend,
  trend,
  variance,
  withoutRating,
  withRating,
} from './index.ts';

const counted = (ratings: readonly number[]) => ratings.reduce(withRating, emptyCounter());
const ratings = [5, 4, 4, 1, 3, 2, 5, 5];

test('average, variance and distribution of ratings', () => {
  const counter = counted(ratings);
  assert.deepEqual(counter.distribution, [1, 1, 1, 2, 3]);
  assert.equal(counterMoments(counter).mean, 29 / 8);
  assert.ok(Math.abs(counterMoments(counter).variance - variance(ratings)) < 1e-12);
  assert.deepEqual(
    averageRating(counter).ci.map((bound) => bound.toFixed(9)),
    meanInterval(ratings).ci.map((bound) => bound.toFixed(9)),
  );
});

test('parts merge to the whole in any order, and a rating can be taken back', () => {
  const [a, b] = [counted(ratings.slice(0, 3)), counted(ratings.slice(3))];
  assert.deepEqual(merged(a, b), counted(ratings));
  assert.deepEqual(merged(b, a), counted(ratings));
  assert.deepEqual(withoutRating(withRating(a, 2), 2), a);
  assert.throws(() => withRating(a, 6), RangeError);
});

test('nothing counted is not an average of 0', () => {
  assert.ok(Number.isNaN(averageRating(emptyCounter()).value));
});

test('trends compare a window with the one before', () => {
  assert.equal(trend(counted([2, 2, 3]), counted([4, 4, 5])).value.toFixed(12), '2.000000000000');
  const rising = [
    ...new Array<number>(10).fill(5),
    ...new Array<number>(50).fill(2),
    ...new Array<number>(50).fill(4),
  ];
  assert.deepEqual(recentTrend(rising), { value: 2, ci: [2, 2], n: 100 });
  assert.equal(recentTrend(rising.slice(20)), null);
});
