import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanOf, trendsSearch } from './trends-search.ts';

test('an address keeps what it knows and leaves out the rest', () => {
  assert.deepEqual(trendsSearch({ period: '7d', by: 'policy', reward_model: '', from: 'soon', other: 1 }), {
    period: '7d',
    by: 'policy',
    reward_model: '',
  });
  assert.deepEqual(trendsSearch({ period: 'ever', by: 'colour', script: 7 }), {});
});

test('a period ends now, one of its own with its last day', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  assert.deepEqual(spanOf({ period: '24h' }, now), {
    from: '2026-03-09T12:00:00.000Z',
    to: '2026-03-10T12:00:00.000Z',
  });
  assert.deepEqual(spanOf({ period: 'custom', from: '2026-01-05', to: '2026-01-06' }, now), {
    from: '2026-01-05T00:00:00.000Z',
    to: '2026-01-07T00:00:00.000Z',
  });
  assert.equal(
    spanOf({ period: 'custom', from: '2026-02-01', to: '2026-01-06' }, now).from,
    '2026-01-06T00:00:00.000Z',
  );
});
