import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agoText } from './time-text.ts';

test('the recent past is said in words, the rest as a date', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const ago = (timestamp: string) => agoText(timestamp, now);
  assert.equal(ago('2026-03-10T11:59:30Z'), 'just now');
  assert.equal(ago('2026-03-10T11:55:00Z'), '5 minutes ago');
  assert.equal(ago('2026-03-10T09:00:00Z'), '3 hours ago');
  assert.equal(ago('2026-03-09T12:00:00Z'), 'yesterday');
  assert.equal(ago('2026-01-02T12:00:00Z'), 'Jan 2, 2026');
  // A clock that is a little ahead is not the future.
  assert.equal(ago('2026-03-10T12:00:20Z'), 'just now');
});
