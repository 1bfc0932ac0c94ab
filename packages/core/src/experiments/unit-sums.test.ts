import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armMoments, momentsOf, seededRandom, sumUnits } from '../index.ts';

test('one observation a unit: the usual mean and unbiased variance', () => {
  const values = [3, 5, 4, 1, 2, 5, 5];
  const arm = armMoments(sumUnits(values.map((total) => ({ count: 1, total }))));
  const usual = momentsOf(values);
  assert.equal(arm.mean, usual.mean);
  assert.ok(Math.abs(arm.variance - usual.variance) < 1e-12);
  assert.deepEqual([arm.n, arm.units], [7, 7]);
});

test('users with several ratings, by NumPy: variance of the ratio is 0.16326530612244897', () => {
  const units = [
    { count: 2, total: 9 },
    { count: 1, total: 2 },
    { count: 3, total: 13 },
    { count: 1, total: 4 },
  ];
  const { mean, variance, n, units: users } = armMoments(sumUnits(units));
  assert.equal(mean, 28 / 7);
  assert.ok(Math.abs(variance / n - 0.16326530612244897) < 1e-12);
  assert.equal(users, 4);
});

test('one user says nothing about the spread between users', () => {
  assert.ok(Number.isNaN(armMoments(sumUnits([{ count: 9, total: 30 }])).variance));
});

test('twice the same ratings by the same users is no more evidence', () => {
  const random = seededRandom(3);
  const once = Array.from({ length: 50 }, () => ({ count: 1, total: 1 + Math.floor(random() * 5) }));
  const twice = once.map(({ total }) => ({ count: 2, total: 2 * total }));
  const of = (units: typeof once) => {
    const arm = armMoments(sumUnits(units));
    return arm.variance / arm.n;
  };
  assert.ok(Math.abs(of(once) - of(twice)) < 1e-12);
});
