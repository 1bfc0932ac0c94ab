import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  doublyRobust,
  inversePropensity,
  overlapOf,
  seededRandom,
  selfNormalised,
  switchDoublyRobust,
} from '../index.ts';

const rows = [
  { propensity: 0.5, target: 1, outcome: 4 },
  { propensity: 0.25, target: 0.5, outcome: 2 },
  { propensity: 0.8, target: 0, outcome: 5 },
];

test('three decisions by hand: weights 2, 2, 0', () => {
  assert.equal(inversePropensity(rows).value, 12 / 3);
  assert.equal(selfNormalised(rows).value, 12 / 4);
  assert.equal(inversePropensity(rows).effective_n, 2);
  const predicted = rows.map((row) => ({ ...row, predicted: 3, predictedTarget: 3.5 }));
  assert.equal(doublyRobust(predicted).value, 3.5 + (2 * 1 + 2 * -1 + 0) / 3);
});

test('bad propensities are refused, no weight is not a number', () => {
  assert.throws(() => inversePropensity([{ propensity: 0, target: 1, outcome: 1 }]), RangeError);
  assert.throws(() => selfNormalised([{ propensity: 0.5, target: 1.5, outcome: 1 }]), RangeError);
  assert.ok(Number.isNaN(selfNormalised([{ propensity: 0.5, target: 0, outcome: 1 }]).value));
});

/** Decisions of a policy that takes action 1 with 0.3, evaluated for one that takes it with 0.9; its true value is 3.7. */
function logged(n: number, seed: number, bias: number) {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const one = random() < 0.3;
    const expected = one ? 4 : 1;
    const predictedTarget = 0.9 * 4 + 0.1 * 1 + bias;
    const outcome = expected + random() - 0.5;
    const chances = one ? { propensity: 0.3, target: 0.9 } : { propensity: 0.7, target: 0.1 };
    return { ...chances, outcome, predicted: expected + bias, predictedTarget };
  });
}

test('all three find the value of another policy, with intervals that hold it about 95 times in 100', () => {
  for (const estimate of [inversePropensity, selfNormalised, doublyRobust]) {
    let held = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { ci } = estimate(logged(400, seed, 0.5));
      held += Number(ci[0] <= 3.7 && 3.7 <= ci[1]);
    }
    assert.ok(held >= 180 && held <= 199, `${estimate.name} held ${held} of 200`);
  }
});

test('a good outcome model makes the doubly robust interval the narrowest', () => {
  const data = logged(400, 1, 0);
  const width = ({ ci }: { ci: [number, number] }) => ci[1] - ci[0];
  assert.ok(width(doublyRobust(data)) < width(selfNormalised(data)));
  assert.ok(width(selfNormalised(data)) < width(inversePropensity(data)));
});

test('trusting the model beyond weights of tau: what is left of the three decisions by hand', () => {
  const predicted = rows.map((row) => ({ ...row, predicted: 3, predictedTarget: 3.5 }));
  assert.equal(switchDoublyRobust(predicted, 2).value, doublyRobust(predicted).value);
  // All weights but the zero exceed 1: only the model's prediction stays.
  assert.equal(switchDoublyRobust(predicted, 1).value, 3.5);
  assert.throws(() => switchDoublyRobust(predicted, 0), RangeError);
});

test('where few rows carry all weight, switching beats the doubly robust estimate', () => {
  const random = seededRandom(8);
  const draw = () => {
    const rare = random() < 0.002;
    const chances = rare ? { propensity: 0.002, target: 0.5 } : { propensity: 0.998, target: 0.5 };
    const outcome = (rare ? 3 : 2) + 4 * (random() - 0.5);
    return { ...chances, outcome, predicted: rare ? 2.9 : 2, predictedTarget: 2.45 };
  };
  const error = (estimate: (rows: ReturnType<typeof draw>[]) => { value: number }) => {
    let sum = 0;
    for (let run = 0; run < 100; run++) sum += (estimate(Array.from({ length: 500 }, draw)).value - 2.5) ** 2;
    return sum / 100;
  };
  assert.ok(error((data) => switchDoublyRobust(data, 20)) < error(doublyRobust) / 2);
});

test('logs that hardly overlap say so', () => {
  const same = Array.from({ length: 500 }, () => ({ propensity: 0.5, target: 0.5, outcome: 1 }));
  assert.deepEqual(overlapOf(same).warnings, []);
  const far = same.map((row, index) => ({ ...row, propensity: index === 0 ? 0.001 : 0.99, target: 0.5 }));
  assert.deepEqual(overlapOf(far).warnings, ['few_effective_rows', 'one_row_dominates']);
  const impossible = same.map((row) => ({ ...row, target: 0.1 }));
  assert.deepEqual(overlapOf(impossible).warnings, ['weights_off_one']);
});
