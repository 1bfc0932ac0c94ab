import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lifetimeEnd } from './key-lifetime.ts';

test('a lifetime is counted from now; without one a key does not end', () => {
  const now = new Date('2026-02-27T12:00:00Z');
  assert.equal(lifetimeEnd('d30', now), '2026-03-29T12:00:00.000Z');
  assert.equal(lifetimeEnd('never', now), null);
});
