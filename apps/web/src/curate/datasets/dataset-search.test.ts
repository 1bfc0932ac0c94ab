import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetSearch, datasetView, filterOf } from './dataset-search.ts';

test('the archive is shown only to who asks for it', () => {
  assert.deepEqual(filterOf(datasetSearch({ q: ' billing ', type: 'dpo', status: 'x' })), {
    q: 'billing',
    dataset_type: 'dpo',
    archived: 'false',
  });
  assert.deepEqual(filterOf(datasetSearch({ status: 'archived' })), { status: 'archived' });
});

test('an unknown tab is the first one', () => {
  assert.deepEqual(datasetView({ tab: 'versions', against: 'a' }), { tab: 'versions', against: 'a' });
  assert.deepEqual(datasetView({ tab: 'secrets', against: 1 }), {});
});
