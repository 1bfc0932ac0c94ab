import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastDueSpan, type ReportSpan, recentSpan } from './report-span.ts';

const days = ({ before, from, to }: ReportSpan) =>
  [before, from, to].map((date) => date.toISOString().slice(0, 10));

test('a week is due on Monday at six, the one before until then', () => {
  // 2026-03-09 is a Monday.
  assert.deepEqual(days(lastDueSpan('week', new Date('2026-03-09T06:00:00Z'))), [
    '2026-02-23',
    '2026-03-02',
    '2026-03-09',
  ]);
  assert.deepEqual(days(lastDueSpan('week', new Date('2026-03-09T05:59:00Z'))), [
    '2026-02-16',
    '2026-02-23',
    '2026-03-02',
  ]);
  assert.deepEqual(days(lastDueSpan('week', new Date('2026-03-15T23:00:00Z')))[2], '2026-03-09');
});

test('a month is a calendar month, whatever its length, over the turn of the year too', () => {
  assert.deepEqual(days(lastDueSpan('month', new Date('2026-01-01T07:00:00Z'))), [
    '2025-11-01',
    '2025-12-01',
    '2026-01-01',
  ]);
  assert.deepEqual(days(lastDueSpan('month', new Date('2026-03-01T05:00:00Z'))), [
    '2025-12-01',
    '2026-01-01',
    '2026-02-01',
  ]);
});

test('whoever asks gets the last days, with today', () => {
  const now = new Date('2026-03-10T15:00:00Z');
  assert.deepEqual(days(recentSpan('week', now)), ['2026-02-25', '2026-03-04', '2026-03-11']);
  assert.deepEqual(days(recentSpan('month', now)), ['2026-01-10', '2026-02-09', '2026-03-11']);
});
