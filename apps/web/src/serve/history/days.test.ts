import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysSince } from './days.ts';

test('conversations stand under the day on which they were held', () => {
  const now = new Date(2026, 2, 15, 0, 30);
  const at = (...parts: [number, number, number, number]) => daysSince(new Date(...parts).toISOString(), now);
  assert.equal(at(2026, 2, 15, 0), 'today');
  assert.equal(at(2026, 2, 14, 23), 'yesterday');
  assert.equal(at(2026, 2, 14, 0), 'yesterday');
  assert.equal(at(2026, 2, 13, 23), 'week');
  assert.equal(at(2026, 2, 9, 12), 'week');
  assert.equal(at(2026, 2, 1, 12), 'month');
  assert.equal(at(2026, 0, 1, 12), 'older');
});
