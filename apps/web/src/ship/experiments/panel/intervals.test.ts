import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Criterion, ExperimentLook, ExperimentResults } from '@attune/contracts';
import { boundOf, intervalsOf, shownRange, withNewest } from './intervals.ts';

const look = (
  second: number,
  value: number | null,
  ci: [number | null, number | null],
  metric: ExperimentLook['metric'] = 'satisfaction',
): ExperimentLook => ({
  at: new Date(second * 1000).toISOString(),
  metric,
  difference: { value, ci, n: 10 },
});

test('looks at one metric become columns; those without an interval are left out', () => {
  const looks = [
    look(1, 0.2, [null, null]),
    look(2, 0.1, [-0.3, 0.5]),
    look(2, 5, [1, 9], 'latency'),
    look(3, 0.06, [-0.1, 0.2]),
  ];
  assert.deepEqual(intervalsOf(looks, 'satisfaction'), {
    times: [2, 3],
    values: [0.1, 0.06],
    lows: [-0.3, -0.1],
    highs: [0.5, 0.2],
  });
});

test('a relative bound lies at the control’s value, a difference where it is, a count nowhere', () => {
  const relative: Criterion = { metric: 'satisfaction', measure: 'relative', bound: 'above', value: 0.05 };
  const difference: Criterion = { metric: 'rating', measure: 'difference', bound: 'above', value: -0.1 };
  assert.equal(boundOf([relative], null, 'satisfaction'), null);
  assert.equal(boundOf([relative, difference], null, 'rating'), -0.1);
  assert.equal(boundOf([], null, 'rating'), null);
});

test('zero, the bound and the newest interval are always seen; wide early ones do not squash them', () => {
  const wide = { times: [1, 2], values: [0.4, 0.05], lows: [-40, 0.01], highs: [40, 0.09] };
  const [low, high] = shownRange(wide, 0.03);
  assert.ok(low < 0 && low > -0.2, `${low}`);
  assert.ok(high > 0.4 && high < 0.6, `${high}`);
  const none = shownRange({ times: [], values: [], lows: [], highs: [] }, null);
  assert.ok(none[0] < 0 && none[1] > 0);
  const down = shownRange({ times: [1], values: [-0.5], lows: [-0.6], highs: [-0.4] }, null);
  assert.ok(down[0] < -0.6 && down[1] > 0);
});

test('what was looked at last is drawn too, once', () => {
  const { at, metric, difference } = look(60, 0.1, [0, 0.2]);
  const arm = { value: 0.5, n: 5, users: 5 };
  const results: ExperimentResults = {
    at,
    users: { control: 5, treatment: 5 },
    sample_ratio_p_value: 1,
    metrics: [
      {
        metric,
        control: arm,
        treatment: arm,
        difference,
        relative: difference,
        p_value: 0.5,
        q_value: 0.5,
        variance_removed: 0,
      },
    ],
    segments: [],
    criteria: [],
    minimum_detectable_effect: null,
    recommendation: { verdict: 'go_on', reason: 'criteria_open', metric: null, days_left: null },
  };
  const kept = [look(30, 0.3, [-1, 1])];
  const drawn = withNewest(kept, results);
  assert.deepEqual(intervalsOf(drawn, 'satisfaction').times, [30, 60]);
  assert.equal(withNewest(drawn, results), drawn);
  assert.equal(withNewest(kept, null), kept);
  const criterion: Criterion = { metric: 'satisfaction', measure: 'relative', bound: 'above', value: 0.05 };
  assert.equal(boundOf([criterion], results, 'satisfaction'), 0.025);
});
