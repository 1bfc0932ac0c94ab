import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorTables } from './error-groups.ts';

test('tables of errors are read from a report, and nothing where it has none', () => {
  const mae = { value: 0.2, ci: [0.1, null], n: 30, groups: 12 };
  const report = { errors: { user_group: [{ group: 'expert', mae, mse: mae }], length: [] } };
  assert.deepEqual(errorTables(report), [
    { by: 'user_group', groups: [{ group: 'expert', mae: { value: 0.2, ci: [0.1, null], n: 30 } }] },
  ]);
  assert.deepEqual(errorTables({}), []);
  assert.deepEqual(errorTables({ errors: [{ a: 1 }] }), []);
});
