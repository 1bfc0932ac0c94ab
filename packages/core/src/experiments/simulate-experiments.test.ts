import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minimumDetectableEffect, reactionsFor, simulateExperiments, treatmentRate } from '../index.ts';

test('the planned number of reactions finds just that effect, at the interval that is tightest there', () => {
  const plan = { baseline: 0.6, effect: 0.1 };
  const reactions = reactionsFor(plan);
  const variance = (0.66 * 0.34 + 0.6 * 0.4) / 2;
  const effect = minimumDetectableEffect(reactions, variance, { tightestAt: reactions });
  assert.ok(Math.abs(effect - 0.06) < 0.0002, `${effect}`);
});

test('smaller effects, higher power and uneven arms take more; what is finer than a billion shows is infinite', () => {
  const plan = { baseline: 0.6, effect: 0.1 };
  const reactions = reactionsFor(plan);
  assert.ok(reactionsFor({ ...plan, effect: 0.05 }) > 3.5 * reactions);
  assert.ok(reactionsFor({ ...plan, power: 0.95 }) > reactions);
  assert.ok(reactionsFor({ ...plan, treatmentShare: 0.1 }) > 2 * reactions);
  assert.equal(reactionsFor({ ...plan, effect: 1e-6 }), Infinity);
  assert.equal(reactionsFor({ ...plan, effect: 0 }), Infinity);
});

test('a share beyond 1 cannot be planned for', () => {
  assert.throws(() => treatmentRate({ baseline: 0.98, effect: 0.05 }), RangeError);
  assert.throws(() => reactionsFor({ baseline: 0, effect: 0.05 }), RangeError);
});

for (const treatmentShare of [0.5, 0.2]) {
  test(`simulated with ${treatmentShare} in the treatment: found as planned, hardly a false alarm`, (t) => {
    const plan = { baseline: 0.6, effect: 0.1, treatmentShare };
    const seen = simulateExperiments(plan, { reactions: reactionsFor(plan), runs: 500, seed: 1 });
    t.diagnostic(JSON.stringify(seen));
    // Looking throughout finds a little more than the last look alone, which the plan is made for.
    assert.ok(seen.found >= 0.78 && seen.found <= 0.97, `found ${seen.found}`);
    assert.ok(seen.false_alarms <= 0.05, `false alarms ${seen.false_alarms}`);
    assert.ok(seen.found_opposite <= 0.01);
    assert.ok((seen.median_reactions ?? Infinity) < reactionsFor(plan));
  });
}

test('an experiment too small to show anything finds nothing, and a harmful change is found as one', () => {
  const small = simulateExperiments({ baseline: 0.6, effect: 0.01 }, { reactions: 300, runs: 100, seed: 3 });
  assert.ok(small.found <= 0.05);
  const worse = { baseline: 0.6, effect: -0.15 };
  const seen = simulateExperiments(worse, { reactions: reactionsFor(worse), runs: 100, seed: 3 });
  assert.ok(seen.found > 0.7 && seen.found_opposite === 0);
});
