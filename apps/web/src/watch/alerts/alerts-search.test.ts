import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertsSearch } from './alerts-search.ts';

test('the address says tab, state and kind, and nothing else', () => {
  const search = { tab: 'rules', state: 'firing', kind: 'disk' };
  assert.deepEqual(alertsSearch({ ...search, other: 1 }), search);
  assert.deepEqual(alertsSearch({ tab: 'x', state: 'x', kind: 'x' }), {});
});
