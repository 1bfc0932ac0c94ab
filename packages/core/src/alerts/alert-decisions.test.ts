import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilson } from '../interval.ts';
import { auc } from '../metrics.ts';
import { accuracyFall } from './accuracy-fall.ts';
import { decideNegativeSpike } from './negative-spike.ts';
import { decideOverOptimisation } from './over-optimisation.ts';
import { rateDrop } from './rate-drop.ts';
import { scoreShift } from './score-shift.ts';
import { decideByThreshold } from './threshold.ts';

const near = (actual: number, expected: number, tolerance = 1e-3) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

const errorRate = { direction: 'above', threshold: 0.01, hysteresis: 0.002, minimum_n: 100 } as const;
const failures = (state: 'firing' | 'quiet', failed: number, n: number) => {
  const share = wilson(failed, n, 0.999);
  return decideByThreshold(errorRate, state, { value: share.value, n, interval: () => share.ci });
};

test('an alert fires when the whole interval is bad, and ends when the number is clearly good', () => {
  assert.equal(failures('quiet', 10, 99), 'unchanged', 'too few');
  // Wilson's 99.9 % interval of 3 in 100 begins at 0.006, of 6 in 100 at 0.018.
  assert.equal(failures('quiet', 3, 100), 'unchanged');
  assert.equal(failures('quiet', 6, 100), 'firing');
  assert.equal(failures('firing', 9, 1000), 'unchanged', 'within the hysteresis');
  assert.equal(failures('firing', 8, 1000), 'resolved');
  assert.equal(failures('firing', 0, 99), 'unchanged', 'too few to end');
  const nothing = { value: Number.NaN, n: 1000, interval: () => [0, 0] as const };
  assert.equal(decideByThreshold(errorRate, 'quiet', nothing), 'unchanged');
});

test('a number walking along the edge does not flap', () => {
  let state: 'firing' | 'quiet' = 'quiet';
  let changes = 0;
  for (let step = 0; step < 100; step++) {
    const value = 3.5 + 0.05 * Math.sin(step);
    const rule = { direction: 'below', threshold: 3.5, hysteresis: 0.1, minimum_n: 20 } as const;
    const seen = { value, n: 50, interval: () => [value - 0.01, value + 0.01] as const };
    const change = decideByThreshold(rule, state, seen);
    if (change === 'unchanged') continue;
    state = change === 'firing' ? 'firing' : 'quiet';
    changes++;
  }
  assert.equal(changes, 1);
});

test('a drop of a rate is judged by how much days differ', () => {
  const days = (rates: readonly number[]) => rates.map((rate) => ({ count: 1000, total: 1000 * rate }));
  const before = days([0.18, 0.22, 0.2, 0.2]);
  const { drop, ...rates } = rateDrop(days([0.14, 0.15, 0.16]), before);
  near(rates.recent, 0.15);
  near(rates.before, 0.2);
  near(drop.value, 0.25);
  assert.equal(drop.n, 3000);
  // By hand: relative variances of the means 0.0001/3/0.0225 and 0.00026667/4/0.04, their sum 0.003148, df 4.9987,
  // t 2.5709: ln 0.75 ∓ 0.14425.
  near(drop.ci[0], 1 - 0.75 * Math.exp(0.14425), 2e-3);
  near(drop.ci[1], 1 - 0.75 * Math.exp(-0.14425), 2e-3);
  assert.equal(rateDrop(days([0.1]), before).drop.ci[0], -Infinity, 'one day says nothing');
});

test('a spike of negatives adds up to evidence, reaction by reaction (Page 1954)', () => {
  const rule = { threshold: 0.1, hysteresis: 0.05, minimum_n: 50 };
  const before = { successes: 10, n: 200 };
  const decide = (state: 'firing' | 'quiet', recent: boolean[]) =>
    decideNegativeSpike(rule, state, recent, before);
  // Wilson's upper end of 10 in 200 is 0.08956, so a negative adds ln(0.18956 / 0.08956) = 0.7498.
  near(decide('quiet', times(4, true)).evidence, 4 * 0.7498, 2e-3);
  near(decide('quiet', [...times(20, false), true]).evidence, 0.7498);
  near(decide('quiet', []).bound, Math.log(100_000));
  assert.equal(decide('quiet', times(15, true)).change, 'unchanged');
  assert.equal(decide('quiet', times(16, true)).change, 'firing');
  const some = decideNegativeSpike(rule, 'quiet', times(30, true), { successes: 0, n: 49 });
  assert.equal(some.change, 'unchanged', 'what is usual is not known');
  assert.equal(decide('firing', [...times(20, true), ...times(20, false)]).change, 'unchanged');
  assert.equal(decide('firing', times(100, false)).change, 'resolved');
});

test('a shift of scores is measured without what chance gives (Yurdakul 2018)', () => {
  const spread = (n: number, from: number, to: number) =>
    Array.from({ length: n }, (_, k) => from + ((to - from) * (k + 0.5)) / n);
  const same = scoreShift(spread(1000, 0, 1), spread(500, 0, 1));
  near(same.value, -9 * (1 / 1000 + 1 / 500), 1e-2);
  // Nothing but the chance part varies: 1.96 √(2 · 0.027² / 9).
  near(same.ci[1] - same.value, 1.959964 * Math.sqrt((2 * 0.027 ** 2) / 9), 1e-3);
  assert.equal(same.n, 500);
  // Only the upper half is left: five bins at twice their share, five at half an observation of 500.
  const half = scoreShift(spread(1000, 0, 1), spread(500, 0.5, 1));
  const empty = 0.001;
  const index = 5 * 0.1 * Math.log(2) + 5 * (empty - 0.1) * Math.log(empty / 0.1);
  near(half.value, index - 9 * (1 / 1000 + 1 / 500), 0.05);
  assert.ok(half.ci[0] > 0.2);
  assert.ok(Number.isNaN(scoreShift([], [1]).value));
});

test('accuracy on fresh labels falls by the difference of two areas (DeLong et al. 1988)', () => {
  const rows = (scores: readonly number[], positives: number) =>
    scores.map((score, k) => ({ score, positive: k < positives }));
  const before = rows([0.9, 0.8, 0.7, 0.4, 0.6, 0.3, 0.2, 0.1], 4);
  const recent = rows([0.9, 0.4, 0.3, 0.2, 0.8, 0.7, 0.6, 0.1], 4);
  const { fall, ...areas } = accuracyFall(recent, before);
  const area = (of: typeof before) =>
    auc(
      of.map(({ score }) => score),
      of.map(({ positive }) => positive),
    );
  assert.equal(areas.before.value, area(before));
  assert.equal(areas.recent.value, area(recent));
  assert.equal(fall.value, area(before) - area(recent));
  // Before: positives beat 1, 1, 1 and 3/4 of the negatives, negatives are beaten by 3/4, 1, 1, 1 of the positives:
  // both variances are 0.015625, so the area's is 2 · 0.015625 / 4.
  near((areas.before.ci[1] - areas.before.ci[0]) / 2, 1.959964 * Math.sqrt(0.0078125), 1e-6);
  assert.equal(accuracyFall([], before).fall.ci[0], -Infinity);
});

test('rewards that rise alone are over-optimised', () => {
  const rule = { threshold: 0.3, hysteresis: 0.1, minimum_n: 40 };
  const answers = (n: number, reward: number, rating: number) =>
    Array.from({ length: n }, (_, k) => ({
      reward: reward + 0.1 * Math.sin(3 * k),
      rating: rating + Math.sin(5 * k + 1),
    }));
  const before = answers(200, 0.6, 4);
  const decide = (recent: typeof before) => decideOverOptimisation(rule, 'quiet', recent, before, 0.99);
  assert.equal(decide(answers(200, 0.75, 4)).change, 'firing');
  const { gap } = decide(answers(200, 0.75, 4));
  near(gap.value, 0.15 / (0.1 * Math.SQRT1_2), 0.1);
  assert.equal(decide(answers(200, 0.75, 5)).change, 'unchanged', 'people are happier too');
  assert.equal(decide(answers(200, 0.6, 3)).change, 'unchanged', 'rewards did not rise');
  assert.equal(decide(answers(39, 0.75, 4)).change, 'unchanged', 'too few');
  const ended = decideOverOptimisation(rule, 'firing', answers(200, 0.6, 4), before, 0.99);
  assert.equal(ended.change, 'resolved');
});
