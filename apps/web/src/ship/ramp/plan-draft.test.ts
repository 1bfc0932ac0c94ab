import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRampSteps } from '@attune/contracts';
import { defaultRampGuards } from '@attune/core';
import { deployBody, usualPlan } from './plan-draft.ts';

test('an untouched form asks for what the server would do anyhow', () => {
  const { steps, guards } = deployBody(usualPlan());
  assert.deepEqual(steps, defaultRampSteps);
  assert.deepEqual(guards, [...defaultRampGuards]);
});

test('what cannot be read is refused by name', () => {
  const plan = usualPlan();
  const [first, ...rest] = plan.guards;
  assert.ok(first !== undefined);
  assert.throws(() => deployBody({ ...plan, guards: [{ ...first, margin: '' }, ...rest] }), /margin/);
  const [step, ...others] = plan.steps;
  assert.ok(step !== undefined);
  assert.throws(() => deployBody({ ...plan, steps: [{ ...step, share: '250' }, ...others] }), /share/);
});
