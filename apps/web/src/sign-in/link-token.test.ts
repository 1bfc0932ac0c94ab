import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkToken } from './link-token.ts';

test('the token is what stands behind the #', () => {
  assert.equal(linkToken('#atl_abc-123'), 'atl_abc-123');
  assert.equal(linkToken('#'), null);
  assert.equal(linkToken(''), null);
});
