import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ramp } from '@attune/contracts';
import { rampInForce, trafficOf } from './ramp-state.ts';

const ramp = (more: Partial<Ramp>): Ramp => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  kind: 'reward',
  model_id: 'health@1.1.0',
  previous_model_id: 'health@1.0.0',
  state: 'ramping',
  steps: [],
  guards: [],
  criteria: [],
  step: 0,
  share: 0.1,
  reason: null,
  step_started_at: '2026-01-01T00:00:00Z',
  paused_at: null,
  held: false,
  evidence: null,
  history: [],
  created_at: '2026-01-01T00:00:00Z',
  ended_at: null,
  ...more,
});

test('a deployment in steps shares traffic with the model before', () => {
  assert.deepEqual(trafficOf(ramp({ share: 0.1 }), 'none'), [
    { model: 'health@1.1.0', share: 0.1 },
    { model: 'health@1.0.0', share: 0.9 },
  ]);
  assert.deepEqual(trafficOf(ramp({ share: 1, state: 'complete' }), 'none'), [
    { model: 'health@1.1.0', share: 1 },
  ]);
  assert.equal(trafficOf(ramp({ previous_model_id: null }), 'none')[1]?.model, 'none');
});

test('what was rolled back or superseded is not in force', () => {
  const old = ramp({ id: '0198c0de-0000-7000-8000-000000000002', state: 'complete', share: 1 });
  assert.equal(rampInForce([ramp({ state: 'rolled_back' }), old]), old);
  assert.equal(rampInForce([ramp({ state: 'superseded' })]), null);
  assert.equal(rampInForce([]), null);
});
