import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ArmObservations,
  decideRamp,
  defaultRampGuards,
  type RampPlan,
  seededRandom,
} from '../index.ts';

const plan: RampPlan = {
  steps: [
    { share: 0.1, hold_seconds: 60, minimum_samples: 100 },
    { share: 0.5, hold_seconds: 60, minimum_samples: 500 },
    { share: 1, hold_seconds: 0, minimum_samples: 0 },
  ],
  guards: defaultRampGuards,
};
const arm = (change: Partial<ArmObservations> = {}): ArmObservations => ({
  requests: 1000,
  errors: 2,
  p95_latency_ms: 900,
  ratings: { n: 400, mean: 4, variance: 1 },
  ...change,
});
const seen = (treatment: Partial<ArmObservations> = {}, seconds_in_step = 61, samples_in_step = 600) => ({
  seconds_in_step,
  samples_in_step,
  treatment: arm(treatment),
  control: arm(),
});

test('a sound ramp holds, advances step by step and completes', () => {
  assert.equal(decideRamp(plan, 0, seen({}, 30)).reason, '30 s left of this step');
  assert.equal(decideRamp(plan, 0, seen({}, 600, 99)).reason, '99 of 100 answers');
  assert.deepEqual(decideRamp(plan, 0, seen()), {
    action: 'advance',
    step: 1,
    share: 0.5,
    reason: 'held 61 s on 600 answers',
  });
  assert.equal(decideRamp(plan, 1, seen()).share, 1);
  assert.equal(decideRamp(plan, 2, seen()).action, 'complete');
  assert.throws(() => decideRamp(plan, 3, seen()), RangeError);
});

const harms: [string, Partial<ArmObservations>, RegExp][] = [
  ['rating', { ratings: { n: 400, mean: 3.2, variance: 1 } }, /rating 3.20 against 4.00/],
  ['errors', { errors: 50 }, /50 errors in 1000/],
  ['latency', { p95_latency_ms: 2500 }, /p95 2500 ms/],
  ['latency ratio', { p95_latency_ms: 1400 }, /p95 1400 ms against 900/],
];
for (const [name, harm, reason] of harms) {
  test(`a drop in ${name} sends traffic back`, () => {
    const decision = decideRamp(plan, 1, seen(harm));
    assert.deepEqual([decision.action, decision.share], ['roll_back', 0]);
    assert.match(decision.reason, reason);
  });
}

test('too few samples trip nothing, however bad they look', () => {
  const awful = { requests: 40, errors: 40, p95_latency_ms: 9000, ratings: { n: 49, mean: 1, variance: 0 } };
  assert.equal(decideRamp(plan, 0, seen(awful, 10)).action, 'hold');
});

test('what the incumbent suffers as well is no reason to go back', () => {
  const outage = { errors: 300, p95_latency_ms: 5000 };
  const decision = decideRamp(plan, 0, { ...seen(outage), control: arm(outage) });
  assert.equal(decision.action, 'advance');
});

test('without an incumbent the absolute guards hold', () => {
  assert.equal(decideRamp(plan, 0, { ...seen({ errors: 50 }), control: null }).action, 'roll_back');
  assert.equal(decideRamp(plan, 0, { ...seen(), control: null }).action, 'advance');
});

test('a model that fails as often as it may is rarely sent back although every request is looked at', () => {
  const back = Array.from({ length: 300 }, (_, seed) => {
    const random = seededRandom(seed);
    let errors = 0;
    for (let requests = 1; requests <= 2000; requests++) {
      errors += Number(random() < 0.01);
      const { action } = decideRamp(plan, 0, {
        ...seen({ requests, errors }, 0),
        control: arm({ errors: 0 }),
      });
      if (action === 'roll_back') return true;
    }
    return false;
  }).filter(Boolean).length;
  assert.ok(back <= 15, `${back} of 300`);
});

test('an equal model is rarely sent back although every rating is looked at', () => {
  const random = seededRandom(8);
  let back = 0;
  for (let run = 0; run < 200; run++) {
    const sums = [0, 1].map(() => ({ n: 0, sum: 0, squares: 0 }));
    for (let t = 0; t < 800; t++) {
      const sum = sums[t % 2]!;
      const rating = 1 + Math.floor(random() * 5);
      sum.n++;
      sum.sum += rating;
      sum.squares += rating ** 2;
      if (sums[1]!.n < 2) continue;
      const [control, treatment] = sums.map(({ n, sum: total, squares }) =>
        arm({ ratings: { n, mean: total / n, variance: (squares - total ** 2 / n) / (n - 1) } }),
      );
      const observations = {
        seconds_in_step: 0,
        samples_in_step: t,
        treatment: treatment!,
        control: control!,
      };
      if (decideRamp(plan, 0, observations).action === 'hold') continue;
      back++;
      break;
    }
  }
  assert.ok(back <= 10, `${back} of 200`);
});
