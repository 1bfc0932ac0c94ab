import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryOf, usualQuery } from './query-draft.ts';

test('what is typed becomes a query, what is empty does not narrow it', () => {
  assert.deepEqual(queryOf(usualQuery), {
    statuses: ['approved', 'pending'],
    sources: [],
    tags: [],
    include_used: true,
    pairs: { of: 'matching', methods: [], min_strength: 0 },
  });
  const query = queryOf({
    ...usualQuery,
    statuses: ['approved'],
    tags: 'billing, , refunds',
    last_days: '90',
    min_alpha: '0,6',
    max_rating: '9',
    pairs: 'none',
  });
  assert.deepEqual(query, {
    statuses: ['approved'],
    sources: [],
    tags: ['billing', 'refunds'],
    include_used: true,
    last_days: 90,
    max_rating: 5,
    min_alpha: 0.6,
    pairs: null,
  });
});

test('words where a number belongs do not narrow the query', () => {
  assert.equal('min_rating' in queryOf({ ...usualQuery, min_rating: 'good' }), false);
});
