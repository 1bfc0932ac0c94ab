import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '@attune/contracts';
import { defaultCriteria } from '@attune/core';
import { candidates, emptyDraft, experimentBody, neededReactions } from './experiment-draft.ts';

const model = (model_id: string, status: Model['status']): Model => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  name: model_id,
  model_id,
  base_model: 'static',
  fine_tuning_job_id: null,
  dataset_id: null,
  version: '1.0.0',
  kind: 'reward',
  status,
  card: {},
  performance_metrics: {},
  doubts: [],
  tags: [],
  artifact_sha256: null,
  artifact_bytes: null,
  created_at: '2026-01-01T00:00:00Z',
  deployed_at: null,
  endpoint: null,
});
const models = [model('old', 'archived'), model('live', 'deployed'), model('new', 'testing')];

test('the deployed model stands against the newest that is tested; archived ones are no candidates', () => {
  const { control, treatment, baseline } = emptyDraft(models, null);
  assert.deepEqual([control, treatment, baseline], ['live', 'new', '60']);
  assert.deepEqual(
    candidates(models).map(({ model_id }) => model_id),
    ['new', 'live'],
  );
  assert.equal(emptyDraft([], null).control, '');
});

test('a form that nobody changed asks for the default criteria', () => {
  const body = experimentBody({ ...emptyDraft(models, null), name: 'Try it' }, false);
  assert.deepEqual(body.success_metrics, defaultCriteria);
  assert.deepEqual([body.traffic_split, body.traffic, body.days, body.draft], [0.5, 1, 28, false]);
  assert.equal(body.expected_reactions, neededReactions(emptyDraft(models, null)));
});

test('percents of shares, and counts of reports, reach the server as it measures them', () => {
  const draft = emptyDraft(models, null);
  const criteria = [
    { key: 'a', metric: 'error_rate', measure: 'difference', bound: 'below', value: '0.5' },
    { key: 'b', metric: 'safety_reports', measure: 'relative', bound: 'above', value: '2' },
    { key: 'c', metric: 'latency', measure: 'difference', bound: 'below', value: '100' },
  ] as const;
  assert.deepEqual(experimentBody({ ...draft, name: 'n', criteria }, true).success_metrics, [
    { metric: 'error_rate', measure: 'difference', bound: 'below', value: 0.005 },
    { metric: 'safety_reports', measure: 'count', bound: 'at_most', value: 2 },
    { metric: 'latency', measure: 'difference', bound: 'below', value: 100 },
  ]);
});

test('what cannot be read is said by its name', () => {
  const draft = { ...emptyDraft(models, null), name: 'n' };
  assert.throws(() => experimentBody({ ...draft, split: '100' }, false), /traffic_split/);
  const [first] = draft.criteria;
  assert.ok(first !== undefined);
  const criteria = [{ ...first, value: '' }];
  assert.throws(() => experimentBody({ ...draft, criteria }, false), /success_metrics/);
});

test('reactions are told where they can be', () => {
  const draft = emptyDraft(models, null);
  assert.ok((neededReactions(draft) ?? 0) > 10_000);
  assert.equal(neededReactions({ ...draft, effect: '0' }), null);
  assert.equal(neededReactions({ ...draft, baseline: '99' }), null);
  assert.equal(neededReactions({ ...draft, split: 'half' }), null);
});
