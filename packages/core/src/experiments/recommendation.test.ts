import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Criterion, criterionState, defaultCriteria, type Evidence, recommend } from '../index.ts';

const estimate = (value: number, low: number, high: number) => ({
  value,
  ci: [low, high] as [number, number],
  n: 1000,
});

const sound: Evidence = {
  units: 500,
  units_with_feedback: 300,
  sample_ratio_p_value: 0.4,
  harm: estimate(1, 0.2, 5),
  differences: [
    { metric: 'satisfaction', difference: estimate(0.06, 0.02, 0.1) },
    { metric: 'latency', difference: estimate(3, 1, 5) },
  ],
  criteria: defaultCriteria.map(({ metric }) => ({ metric, state: 'holds' as const })),
  days_left: 4,
};
const verdict = (changes: Partial<Evidence>) => {
  const { verdict, reason, metric, days_left } = recommend({ ...sound, ...changes });
  return [verdict, reason, metric, days_left];
};

test('all criteria hold: deploy; slower within the bound is no harm', () => {
  assert.deepEqual(verdict({}), ['deploy', 'all_criteria_hold', null, null]);
});

test('arms that fill unevenly block every decision', () => {
  assert.deepEqual(verdict({ sample_ratio_p_value: 0.0009 }), [
    'blocked',
    'sample_ratio_mismatch',
    null,
    null,
  ]);
});

test('surely worse in one metric: stop, before any criterion is read', () => {
  const differences = [{ metric: 'error_rate' as const, difference: estimate(0.02, 0.001, 0.04) }];
  assert.deepEqual(verdict({ differences }), ['stop', 'metric_worse', 'error_rate', null]);
});

test('surely more reports of harm stop it, also with few users; one alone only keeps it from winning', () => {
  assert.deepEqual(verdict({ harm: estimate(9, 1.2, 60), units: 3 }), [
    'stop',
    'metric_worse',
    'safety_reports',
    null,
  ]);
  const criteria = [{ metric: 'safety_reports' as const, state: 'fails' as const }];
  assert.deepEqual(verdict({ criteria }), ['keep', 'a_criterion_fails', 'safety_reports', null]);
});

test('few users, or few who said anything: not enough data, and how long it will take', () => {
  assert.deepEqual(verdict({ units: 49 }), ['not_enough_data', 'too_few_users', null, 4]);
  assert.deepEqual(verdict({ units_with_feedback: 49 }), ['not_enough_data', 'too_little_feedback', null, 4]);
});

test('one criterion surely fails: keep what there is; one open: go on', () => {
  const latency = (state: 'fails' | 'open') => [{ metric: 'latency' as const, state }];
  assert.deepEqual(verdict({ criteria: latency('fails') }), ['keep', 'a_criterion_fails', 'latency', null]);
  assert.deepEqual(verdict({ criteria: latency('open') }), ['go_on', 'criteria_open', null, 4]);
});

test('a criterion holds or fails only with its whole interval', () => {
  const up: Criterion = { metric: 'satisfaction', measure: 'relative', bound: 'above', value: 0.05 };
  assert.equal(criterionState(up, estimate(0.1, 0.06, 0.2)), 'holds');
  assert.equal(criterionState(up, estimate(0.1, 0.04, 0.2)), 'open');
  assert.equal(criterionState(up, estimate(0.01, -0.03, 0.05)), 'fails');
  const slower: Criterion = { metric: 'latency', measure: 'relative', bound: 'below', value: 0.1 };
  assert.equal(criterionState(slower, estimate(0.02, -0.01, 0.05)), 'holds');
  assert.equal(criterionState(slower, estimate(0.2, 0.1, 0.3)), 'fails');
  assert.equal(criterionState(slower, estimate(Number.NaN, -Infinity, Infinity)), 'open');
  const none: Criterion = { metric: 'safety_reports', measure: 'count', bound: 'at_most', value: 0 };
  assert.equal(criterionState(none, estimate(0, 0, 0)), 'holds');
  assert.equal(criterionState(none, estimate(1, 1, 1)), 'fails');
});
