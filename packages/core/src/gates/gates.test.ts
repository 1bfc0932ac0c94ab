import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assessGates,
  calibrationEstimate,
  comparisonsNeeded,
  defaultGateLimits,
  type GateInput,
  type GateName,
  gateNames,
  lengthDependence,
  pairAccuracyDifference,
  quantileInterval,
  refusingGates,
  seededRandom,
} from '../index.ts';

const at = '2026-01-01T00:00:00.000Z';
const measured = (low: number, value: number, high: number, n = 100): GateInput => ({
  estimate: { value, ci: [low, high], n },
  measured_at: at,
});

function inputs(some: Partial<Record<GateName, GateInput>>): Record<GateName, GateInput> {
  const none: GateInput = { reason: 'never_measured' };
  return {
    ordering: none,
    incumbent: none,
    people: none,
    calibration: none,
    length: none,
    latency: none,
    safety: none,
    over_optimisation: none,
    leak: none,
    ...some,
  };
}

function verdicts(some: Partial<Record<GateName, GateInput>>): Record<string, string> {
  const gates = assessGates(inputs(some), defaultGateLimits);
  return Object.fromEntries(gates.map(({ gate, verdict, reason }) => [gate, reason ?? verdict]));
}

test('every gate is there in its order, and says when nothing was measured', () => {
  const gates = assessGates(inputs({}), defaultGateLimits);
  assert.deepEqual(
    gates.map(({ gate }) => gate),
    gateNames,
  );
  assert.ok(gates.every(({ verdict, evidence }) => verdict === 'not_measured' && evidence === null));
});

test('a gate is green where the whole interval keeps its limit, red where the whole interval breaks it', () => {
  const { incumbent, calibration, length, latency, safety } = verdicts({
    incumbent: measured(-0.01, 0.01, 0.03),
    calibration: measured(0.12, 0.15, 0.18),
    length: measured(0.3, 0.45, 0.6),
    latency: measured(20, 25, 31, 200),
    safety: measured(0.1, 0.2, 0.3, 29),
  });
  assert.deepEqual(
    [incumbent, calibration, length, latency, safety],
    ['passed', 'failed', 'undecided', 'passed', 'too_few'],
  );
  // Worse by a point, and surely by less than the margin of two: no reason to refuse it.
  assert.equal(verdicts({ incumbent: measured(-0.015, -0.01, -0.005) }).incumbent, 'passed');
  assert.equal(verdicts({ incumbent: measured(-0.09, -0.05, -0.03) }).incumbent, 'failed');
  assert.equal(verdicts({ latency: measured(90, 99, Infinity, 60) }).latency, 'undecided');
});

test('one alarm of over-optimisation is one too many', () => {
  assert.equal(verdicts({ over_optimisation: measured(0, 0, 0, 1) }).over_optimisation, 'passed');
  assert.equal(verdicts({ over_optimisation: measured(1, 1, 1, 40) }).over_optimisation, 'failed');
});

test('the difference of two models on the same pairs: the mean by hand, an interval that knows they go together', () => {
  // Of 40 questions the candidate gets 30 right and the incumbent 28, the same ones but two.
  const rows = Array.from({ length: 40 }, (_, k) => ({
    key: `question ${k}`,
    candidate: k < 30 ? 1 : -1,
    incumbent: k < 28 ? 1 : -1,
  }));
  const { value, ci, n } = pairAccuracyDifference(rows, { seed: 1 });
  assert.ok(Math.abs(value - 2 / 40) < 1e-12);
  assert.equal(n, 40);
  assert.ok(ci[0] >= 0 && ci[1] < 0.15, `${ci}`);
  const same = rows.map(({ key, candidate }) => ({ key, candidate, incumbent: candidate }));
  assert.deepEqual(pairAccuracyDifference(same, { seed: 1 }).ci, [0, 0]);
});

// Cumulative binomial table for n = 100 and p = 0.1: P(B <= 4) = 0.0237 and P(B <= 16) = 0.9794, P(B <= 15) = 0.9601;
// mirrored, ranks 84 and 96 cover the 0.9 quantile.
test('a quantile lies between two order statistics', () => {
  const values = Array.from({ length: 100 }, (_, k) => k + 1).toReversed();
  assert.deepEqual(quantileInterval(values, 0.9).ci, [84, 96]);
});

// 0.95^72 = 0.0249 and 0.95^73 = 0.0236: 1 - 0.95^n first exceeds 0.975 at n = 72.
test('too few values bound a high quantile from below only', () => {
  const first = (n: number) => Array.from({ length: n }, (_, k) => k);
  assert.equal(quantileInterval(first(71), 0.95).ci[1], Infinity);
  assert.equal(quantileInterval(first(72), 0.95).ci[1], 71);
  assert.deepEqual(quantileInterval([], 0.95).ci, [-Infinity, Infinity]);
});

test('calibration: a calibrated model keeps the limit, one that promises 0.2 too much breaks it', () => {
  const rows = (promised: number) => {
    const random = seededRandom(7);
    return Array.from({ length: 600 }, (_, k) => {
      const reward = random();
      return { key: `${k}`, reward, rating: random() < reward - promised ? 5 : 1 };
    });
  };
  const limit = defaultGateLimits.calibration;
  assert.ok(calibrationEstimate(rows(0), { seed: 1 }).ci[1] < limit);
  assert.ok(calibrationEstimate(rows(0.2), { seed: 1 }).ci[0] > limit);
});

test('dependence on length counts whatever its sign', () => {
  const rising = [1, 2, 3, 4, 5, 6, 7, 8];
  const falling = lengthDependence(rising.toReversed(), rising);
  assert.equal(falling.value, 1);
  assert.ok(falling.ci[0] > 0.99);
  assert.equal(lengthDependence([1, 4, 2, 3, 2, 4, 1, 3], rising).ci[0], 0);
});

test('what refuses: red gates, and where it is asked for those that could have been measured', () => {
  const gates = assessGates(
    inputs({
      latency: measured(200, 250, 300),
      incumbent: { reason: 'no_incumbent' },
      leak: { reason: 'comes_later' },
      people: { reason: 'nobody_asked' },
      over_optimisation: { reason: 'no_policy' },
      safety: measured(0.8, 0.9, 1),
    }),
    defaultGateLimits,
  );
  assert.deepEqual(refusingGates(gates, false), ['latency']);
  assert.deepEqual(refusingGates(gates, true), ['ordering', 'calibration', 'length', 'latency']);
});

// G*Power 3.1, "difference from constant (one sample case)" by the normal approximation: 0.6 against 0.5, 80 % power.
test('comparisons that a win rate of 60 % needs', () => {
  assert.equal(comparisonsNeeded(0.1, 0.8), 194);
  assert.equal(comparisonsNeeded(0.5, 0.8), 4);
  assert.throws(() => comparisonsNeeded(0, 0.8), RangeError);
});
