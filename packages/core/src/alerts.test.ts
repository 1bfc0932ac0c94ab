import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  averageRatingRule,
  decideAlert,
  decideNegativeSpike,
  decideSafetyReport,
  isNegative,
  negativeSpikeRule,
} from './index.ts';

const average = (state: 'firing' | 'quiet', value: number, n = 100) =>
  decideAlert(averageRatingRule, state, { value, n }).change;

test('a low average fires and resolves only clearly above the threshold', () => {
  assert.equal(average('quiet', 3.5), 'unchanged');
  assert.equal(average('quiet', 3.49), 'firing');
  assert.equal(average('firing', 3.4), 'unchanged');
  assert.equal(average('firing', 3.55), 'unchanged');
  assert.equal(average('firing', 3.6), 'resolved');
});

test('too few ratings change nothing', () => {
  assert.equal(average('quiet', 1, 19), 'unchanged');
  assert.equal(average('firing', 5, 19), 'unchanged');
  assert.equal(decideAlert(averageRatingRule, 'firing', { value: Number.NaN, n: 0 }).change, 'unchanged');
});

test('a value walking along the edge does not flap', () => {
  let state: 'firing' | 'quiet' = 'quiet';
  let changes = 0;
  for (let step = 0; step < 100; step++) {
    const { change } = decideAlert(averageRatingRule, state, { value: 3.5 + 0.05 * Math.sin(step), n: 50 });
    if (change === 'unchanged') continue;
    state = change === 'firing' ? 'firing' : 'quiet';
    changes++;
  }
  assert.equal(changes, 1);
});

test('a spike of negatives fires when it is large and no accident', () => {
  const spike = (state: 'firing' | 'quiet', negatives: number, n: number) =>
    decideNegativeSpike(negativeSpikeRule, state, { successes: negatives, n }, { successes: 100, n: 1000 })
      .change;
  assert.equal(spike('quiet', 30, 100), 'firing');
  assert.equal(spike('quiet', 19, 100), 'unchanged');
  assert.equal(spike('quiet', 5, 22), 'unchanged');
  assert.equal(spike('quiet', 10, 10), 'unchanged');
  assert.equal(spike('firing', 18, 100), 'unchanged');
  assert.equal(spike('firing', 12, 100), 'resolved');
});

test('negative means a thumb down or two stars at most', () => {
  assert.ok(isNegative({ feedback_type: 'thumbs_down', rating_overall: null }));
  assert.ok(isNegative({ feedback_type: 'rating', rating_overall: 2 }));
  assert.ok(!isNegative({ feedback_type: 'rating', rating_overall: 3 }));
  assert.ok(!isNegative({ feedback_type: 'correction', rating_overall: null }));
});

test('one safety report is enough', () => {
  assert.equal(decideSafetyReport('quiet', 1), 'firing');
  assert.equal(decideSafetyReport('firing', 1), 'unchanged');
  assert.equal(decideSafetyReport('firing', 0), 'resolved');
  assert.equal(decideSafetyReport('quiet', 0), 'unchanged');
});
