import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incumbentOf, liveIds, trafficOf } from './traffic.ts';

const ramp = (
  state: 'ramping' | 'complete' | 'rolled_back',
  share = 0.1,
  previous: string | null = 'old',
) => ({
  state,
  steps: [{ share, hold_seconds: 0, minimum_samples: 0 }],
  step: 0,
  model_id: 'new',
  previous_model_id: previous,
});

test('before the first ramp nothing is live', () => {
  assert.deepEqual(liveIds(trafficOf(undefined)), []);
});

test('while it ramps, the new model and the incumbent are', () => {
  assert.deepEqual(trafficOf(ramp('ramping')), { modelId: 'new', share: 0.1, restId: 'old' });
  assert.deepEqual(liveIds(trafficOf(ramp('ramping'))), ['new', 'old']);
  assert.deepEqual(liveIds(trafficOf(ramp('ramping', 0.1, null))), ['new']);
});

test('complete, it is the new one alone; rolled back, the old one alone', () => {
  assert.deepEqual(liveIds(trafficOf(ramp('complete'))), ['new']);
  assert.deepEqual(liveIds(trafficOf(ramp('rolled_back'))), ['old']);
  assert.deepEqual(liveIds(trafficOf(ramp('rolled_back', 0.1, null))), []);
});

test('a ramp under way leaves the incumbent what it was', () => {
  assert.equal(incumbentOf(ramp('ramping')), 'old');
  assert.equal(incumbentOf(ramp('complete')), 'new');
  assert.equal(incumbentOf(ramp('rolled_back')), 'old');
  assert.equal(incumbentOf(undefined), null);
});
