import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Criterion } from '@attune/contracts';
import { defaultCriteria, seededRandom, sumUnits } from '@attune/core';
import type { Evidence } from './experiment-evidence.ts';
import { experimentResults, type Setup } from './experiment-results.ts';

const startedAt = new Date('2026-03-01T00:00:00Z');
const now = new Date('2026-03-08T00:00:00Z');
const setup: Setup = {
  split: 0.5,
  criteria: [...defaultCriteria] as Criterion[],
  expectedReactions: 2000,
  startedAt,
  sampleRatioSoFar: 1,
};

interface Arms {
  users: [control: number, treatment: number];
  /** Chance that a reaction is positive. */
  positive: [number, number];
  milliseconds?: [number, number];
  reports?: number;
  /** With the control. */
  reportsBefore?: number;
}

/** Evidence of two arms whose users react twice each. */
function evidence({
  users,
  positive,
  milliseconds = [400, 400],
  reports = 0,
  reportsBefore = 0,
}: Arms): Evidence {
  const random = seededRandom(7);
  const arm = (index: 0 | 1) => {
    const people = Array.from({ length: users[index] }, () => {
      const likes = () => Number(random() < positive[index]);
      return { count: 2, total: likes() + likes() };
    });
    const satisfaction = sumUnits(people);
    const rating = sumUnits(people.map(({ total }) => ({ count: 1, total: 2 + total })));
    const latency = sumUnits(
      people.map(() => ({ count: 3, total: 3 * milliseconds[index] * (0.9 + 0.2 * random()) })),
    );
    const error_rate = sumUnits(people.map(() => ({ count: 3, total: 0 })));
    return { satisfaction, rating, latency, error_rate, users: users[index] };
  };
  const arms = [
    { arm: 'control' as const, ...arm(0), safety_reports: reportsBefore, reporters: reportsBefore },
    { arm: 'treatment' as const, ...arm(1), safety_reports: reports, reporters: reports },
  ];
  const segments = arms.map(({ arm, satisfaction }) => ({
    arm,
    segment: 'script' as const,
    part: 'latin',
    satisfaction,
  }));
  return { answers: arms, feedback: arms, segments };
}

const verdict = (arms: Arms, changes: Partial<Setup> = {}) => {
  const { verdict, reason, metric } = experimentResults(
    { ...setup, ...changes },
    evidence(arms),
    now,
  ).recommendation;
  return [verdict, reason, metric];
};

test('much better in everything that was asked for: deploy', () => {
  const results = experimentResults(setup, evidence({ users: [2000, 2000], positive: [0.5, 0.65] }), now);
  assert.equal(results.recommendation.verdict, 'deploy');
  assert.deepEqual(
    results.criteria.map(({ state }) => state),
    ['holds', 'holds', 'holds', 'holds'],
  );
  const [satisfaction] = results.metrics;
  assert.ok(satisfaction?.metric === 'satisfaction' && satisfaction.difference.n === 8000);
  assert.deepEqual([satisfaction.control.users, satisfaction.treatment.users], [2000, 2000]);
  assert.ok((satisfaction.q_value ?? 1) < 0.001);
  assert.equal(results.segments[0]?.part, 'latin');
});

test('where nobody failed and everybody liked it, intervals have a width', () => {
  const { metrics } = experimentResults(setup, evidence({ users: [100, 100], positive: [1, 1] }), now);
  for (const { metric, difference } of metrics.filter((one) => one.metric !== 'latency')) {
    assert.ok((difference.ci[0] ?? 0) < 0 && (difference.ci[1] ?? 0) > 0, metric);
  }
});

test('nobody yet: every estimate is unknown, and that is said', () => {
  const results = experimentResults(setup, { answers: [], feedback: [], segments: [] }, now);
  assert.deepEqual(results.recommendation, {
    verdict: 'not_enough_data',
    reason: 'too_few_users',
    metric: null,
    days_left: null,
  });
  for (const { difference, p_value } of results.metrics) {
    assert.deepEqual([difference.value, ...difference.ci, p_value], [null, null, null, null]);
  }
  assert.equal(results.minimum_detectable_effect, null);
});

test('users but hardly any reaction: not enough data', () => {
  const thin = evidence({ users: [500, 500], positive: [0.5, 0.5] });
  const few = evidence({ users: [20, 20], positive: [0.5, 0.5] });
  const results = experimentResults(setup, { ...thin, feedback: few.feedback }, now);
  assert.equal(results.recommendation.reason, 'too_little_feedback');
});

test('surely worse: stop; surely more reports of harm: stop; one report: it cannot win', () => {
  assert.deepEqual(verdict({ users: [1000, 1000], positive: [0.6, 0.4] }), [
    'stop',
    'metric_worse',
    'satisfaction',
  ]);
  const harm: Arms = { users: [1000, 1000], positive: [0.5, 0.65], reports: 12 };
  assert.deepEqual(verdict(harm), ['stop', 'metric_worse', 'safety_reports']);
  const kept = ['keep', 'a_criterion_fails', 'safety_reports'];
  assert.deepEqual(verdict({ ...harm, reports: 1 }), kept);
  assert.deepEqual(verdict({ ...harm, reportsBefore: 11 }), kept, 'the control has as many');
});

test('better but a fifth slower: keep what there is', () => {
  const slow: Arms = { users: [2000, 2000], positive: [0.5, 0.65], milliseconds: [400, 480] };
  assert.deepEqual(verdict(slow), ['keep', 'a_criterion_fails', 'latency']);
});

test('a little better: go on, for so many days', () => {
  const arms: Arms = { users: [150, 150], positive: [0.5, 0.53] };
  const { recommendation, minimum_detectable_effect } = experimentResults(setup, evidence(arms), now);
  assert.equal(recommendation.verdict, 'go_on');
  assert.ok(recommendation.days_left === null || recommendation.days_left > 0);
  assert.ok(minimum_detectable_effect !== null && minimum_detectable_effect > 0.05);
});

test('arms that do not fill as planned block, and stay blocked', () => {
  const uneven: Arms = { users: [2000, 1600], positive: [0.5, 0.7] };
  assert.equal(verdict(uneven)[0], 'blocked');
  const even: Arms = { users: [2000, 2000], positive: [0.5, 0.7] };
  assert.equal(verdict(even, { sampleRatioSoFar: 0.0005 })[0], 'blocked');
});
