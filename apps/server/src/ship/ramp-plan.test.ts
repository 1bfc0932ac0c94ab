import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsAt, planSteps } from './ramp-plan.ts';

const step = (share: number, hold_seconds = 60, minimum_samples = 10) => ({
  share,
  hold_seconds,
  minimum_samples,
});

test('10, 50 and 100 % unless said otherwise', () => {
  assert.deepEqual(
    planSteps({ full: false }).map((s) => s.share),
    [0.1, 0.5, 1],
  );
});

test('everything at once is one step that is done when it begins', () => {
  const steps = planSteps({ full: true, steps: [step(0.5), step(1)] });
  assert.deepEqual(
    steps.map((s) => s.share),
    [1],
  );
  assert.ok(endsAt(steps, 0));
});

test('shares that fall, stand still or stop before all traffic are refused', () => {
  for (const steps of [[step(0.5), step(0.2), step(1)], [step(0.5), step(0.5), step(1)], [step(0.5)]]) {
    assert.throws(() => planSteps({ full: false, steps }), { code: 'invalid_request' });
  }
});

test('a last step with a holding time is not done when it begins', () => {
  assert.ok(!endsAt([step(0.1), step(1)], 1));
  assert.ok(!endsAt([step(0.1), step(1, 0, 0)], 0));
});
