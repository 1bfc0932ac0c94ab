import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsAt, planRamp } from './ramp-plan.ts';

const step = (share: number, hold_seconds = 60, minimum_samples = 10) => ({
  share,
  hold_seconds,
  minimum_samples,
});

test('10, 50 and 100 % unless said otherwise', () => {
  assert.deepEqual(
    planRamp({ full: false }).steps.map((s) => s.share),
    [0.1, 0.5, 1],
  );
});

test('everything at once is one step that is done when it begins', () => {
  const { steps } = planRamp({ full: true, steps: [step(0.5), step(1)] });
  assert.deepEqual(
    steps.map((s) => s.share),
    [1],
  );
  assert.ok(endsAt(steps, 0));
});

test('shares that fall, stand still or stop before all traffic are refused', () => {
  for (const steps of [[step(0.5), step(0.2), step(1)], [step(0.5), step(0.5), step(1)], [step(0.5)]]) {
    assert.throws(() => planRamp({ full: false, steps }), { code: 'invalid_request' });
  }
});

test('a metric has one guard at a time', () => {
  const rating = { metric: 'rating' as const, margin: 0.1, minimum_samples: 50 };
  assert.throws(() => planRamp({ full: false, guards: [rating, rating] }), { code: 'invalid_request' });
  const steps = [{ ...step(0.5), guards: [rating, rating] }, step(1)];
  assert.throws(() => planRamp({ full: false, steps }), { code: 'invalid_request' });
  assert.deepEqual(planRamp({ full: false, guards: [] }).guards, []);
});

test('a last step with a holding time is not done when it begins', () => {
  assert.ok(!endsAt([step(0.1), step(1)], 1));
  assert.ok(!endsAt([step(0.1), step(1, 0, 0)], 0));
});
