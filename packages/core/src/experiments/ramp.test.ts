import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decideRamp,
  defaultCriteria,
  defaultRampGuards,
  lookAtRamp,
  type RampArm,
  type RampPlan,
  sumUnits,
  type UnitSums,
} from '../index.ts';

const plan: RampPlan = {
  steps: [
    { share: 0.1, hold_seconds: 60, minimum_samples: 100 },
    { share: 0.5, hold_seconds: 60, minimum_samples: 500 },
    { share: 1, hold_seconds: 0, minimum_samples: 0 },
  ],
  guards: defaultRampGuards,
  criteria: defaultCriteria,
};

/** Sums of so many people's single observations, which take turns through some values. */
const each = (people: number, ...values: readonly number[]): UnitSums =>
  sumUnits(Array.from({ length: people }, (_, k) => ({ count: 1, total: values[k % values.length]! })));

/** So many of a thousand people's requests failed. */
const failures = (failed: number) =>
  sumUnits(Array.from({ length: 1000 }, (_, k) => ({ count: 1, total: Number(k < failed) })));

const logs = (...milliseconds: number[]) => each(1000, ...milliseconds.map(Math.log));

const arm = (change: Partial<RampArm> = {}): RampArm => ({
  units: 1000,
  answers: 1000,
  reporters: 0,
  latency: logs(700, 900, 1100),
  cost: each(1000, 200, 240),
  error_rate: failures(2),
  rating: each(400, 3, 4, 5),
  thumbs: each(0),
  satisfaction: each(400, 0, 1, 1),
  ...change,
});

interface Change {
  treatment?: Partial<RampArm>;
  control?: Partial<RampArm>;
  seconds?: number;
  paused?: boolean;
  mismatch?: number;
  step?: number;
}

function look(
  { treatment, control, seconds = 61, paused = false, mismatch = 1, step = 1 }: Change,
  of = plan,
) {
  const seen = {
    seconds_in_step: seconds,
    paused,
    steps: [{ share: 0.5, treatment: arm(treatment), control: arm(control) }],
    sample_ratio_so_far: mismatch,
  };
  const evidence = lookAtRamp(of, step, seen);
  return { evidence, decision: decideRamp(of, step, seen, evidence) };
}

test('a sound ramp holds, advances step by step and completes', () => {
  assert.equal(look({ seconds: 30 }).decision.reason, '30 s left of this step');
  assert.equal(look({ treatment: { answers: 499 } }).decision.reason, '499 of 500 answers');
  assert.deepEqual(look({}).decision, { action: 'advance', reason: 'held 61 s on 1000 answers' });
  assert.equal(look({ step: 2 }).decision.action, 'complete');
  assert.throws(() => look({ step: 3 }), RangeError);
});

const harms: [string, Partial<RampArm>, RegExp][] = [
  ['rating', { rating: each(400, 2, 3, 4) }, /^rating 3\.00 against 4\.00: -1\.00 \(98\.8 % interval/],
  ['errors', { error_rate: failures(50) }, /^error_rate 5\.0 % against 0\.2 %: \+4\.8 points/],
  ['latency', { latency: logs(1400, 1800, 2200) }, /^latency 1769 ms against 885 ms: \+100 %/],
  ['safety', { reporters: 12 }, /^safety 1\.2 % against 0\.0 %: without bound/],
];
for (const [name, treatment, reason] of harms) {
  test(`a change for the worse in ${name} sends traffic back, also while the ramp is paused`, () => {
    for (const paused of [false, true]) {
      const { decision } = look({ treatment, paused });
      assert.equal(decision.action, 'roll_back');
      assert.match(decision.reason, reason);
    }
  });
}

test('each step may have guards of its own', () => {
  const slower = { treatment: { latency: logs(800, 1000, 1200) } };
  const strict = plan.steps.map((step, index) =>
    index === 1
      ? { ...step, guards: [{ metric: 'latency' as const, margin: 0.05, minimum_samples: 100 }] }
      : step,
  );
  assert.equal(look(slower).decision.action, 'advance');
  assert.equal(look(slower, { ...plan, steps: strict }).decision.action, 'roll_back');
  assert.equal(look({ ...slower, step: 0 }, { ...plan, steps: strict }).decision.action, 'advance');
});

test('tokens and thumbs can be guarded too', () => {
  const guards = [
    { metric: 'cost' as const, margin: 0.2, minimum_samples: 50 },
    { metric: 'thumbs' as const, margin: 0.05, minimum_samples: 50 },
  ];
  const of = { ...plan, guards };
  const dear = look({ treatment: { cost: each(1000, 400, 480) } }, of);
  assert.match(dear.decision.reason, /^cost 440 tokens against 220 tokens: \+100 %/);
  const thumbs = { treatment: { thumbs: each(300, 0, 0, 1) }, control: { thumbs: each(300, 1, 1, 0) } };
  assert.match(look(thumbs, of).decision.reason, /^thumbs 33\.3 % against 66\.7 %: -33\.3 points/);
});

test('too few people trip nothing, however bad it looks', () => {
  const few = sumUnits(Array.from({ length: 40 }, () => ({ count: 25, total: 25 })));
  const { evidence, decision } = look({ treatment: { error_rate: few, rating: each(49, 1) } });
  assert.equal(decision.action, 'advance');
  assert.deepEqual(
    evidence.guards.map(({ metric, state }) => [metric, state]),
    [
      ['rating', 'not_enough_data'],
      ['safety', 'not_enough_data'],
      ['error_rate', 'not_enough_data'],
      ['latency', 'fine'],
    ],
  );
});

test('what never varied trips nothing and has no interval of no width', () => {
  const same = { latency: each(1000, 6), error_rate: failures(0), rating: each(400, 5) };
  const { evidence } = look({ treatment: { ...same, latency: each(1000, 9) }, control: same });
  const [rating, , errors, latency] = evidence.guards;
  assert.equal(latency?.state, 'not_enough_data');
  for (const guard of [rating, errors]) {
    assert.equal(guard?.difference.value, 0);
    assert.ok((guard?.difference.ci[0] ?? 0) < 0 && (guard?.difference.ci[1] ?? 0) > 0);
  }
});

test('what the incumbent suffers as well is no reason to go back', () => {
  const outage = { error_rate: failures(300), latency: logs(5000, 6000), reporters: 30 };
  assert.equal(look({ treatment: outage, control: outage }).decision.action, 'advance');
});

test('a change over time is no difference between the models: steps are compared within themselves', () => {
  const day = (share: number, people: [number, number], stars: number[]) => ({
    share,
    treatment: arm({ rating: each(people[0], ...stars) }),
    control: arm({ rating: each(people[1], ...stars) }),
  });
  // Few of the treatment's ratings come from the good first day, most of the incumbent's do.
  const steps = [day(0.1, [120, 1080], [5, 4]), day(0.5, [600, 600], [2, 3])];
  const seen = { seconds_in_step: 61, paused: false, steps, sample_ratio_so_far: 1 };
  const [rating] = lookAtRamp(plan, 1, seen).guards;
  assert.ok(Math.abs(rating?.difference.value ?? 1) < 1e-9);
  assert.equal(rating?.state, 'fine');
});

test('while people do not come as planned nothing happens by itself, neither on nor back', () => {
  const uneven = { treatment: { units: 1400 } };
  for (const harm of [{}, { error_rate: failures(200) }]) {
    const { decision, evidence } = look({ treatment: { ...uneven.treatment, ...harm } });
    assert.ok(decision.action === 'hold' && decision.wait === 'sample_ratio', decision.reason);
    assert.ok(evidence.sample_ratio_p_value < 0.001);
  }
  assert.equal(look({ mismatch: 0.0005 }).decision.action, 'hold', 'nor later');
});

test('a pause holds the step, however long it has held', () => {
  const { decision } = look({ paused: true, seconds: 9999 });
  assert.ok(decision.action === 'hold' && decision.wait === 'paused');
});

test('the criteria say what holds, what fails and what nobody can tell yet', () => {
  const states = (treatment: Partial<RampArm>) =>
    look({ treatment }).evidence.criteria.map(({ metric, state }) => [metric, state]);
  assert.deepEqual(states({ satisfaction: each(400, 1, 1, 1, 1, 1, 0) }), [
    ['satisfaction', 'holds'],
    ['safety_reports', 'holds'],
    ['rating', 'open'],
    ['latency', 'holds'],
  ]);
  assert.deepEqual(
    states({ satisfaction: each(20, 1), rating: each(20, 5), latency: logs(1400, 1800), reporters: 1 }),
    [
      ['satisfaction', 'not_enough_data'],
      ['safety_reports', 'fails'],
      ['rating', 'not_enough_data'],
      ['latency', 'fails'],
    ],
  );
});
