import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, reviewSearch } from './review-search.ts';

test('an address gives filter, order, view and item', () => {
  const item = '0190f3a0-0000-7000-8000-000000000001';
  const search = reviewSearch({
    status: 'flagged',
    q: 42,
    min_rating: 2,
    has_comment: true,
    assigned_to: 'me',
    after: '2026-01-01',
    order: 'random',
    view: 'table',
    item,
  });
  assert.deepEqual(filterOf(search), {
    status: 'flagged',
    q: '42',
    min_rating: 2,
    has_comment: true,
    assigned_to: 'me',
    after: '2026-01-01T00:00:00.000Z',
  });
  assert.deepEqual([search.order, search.view, search.item], ['random', 'table', item]);
});

test('what cannot be is left out, so that an old or mistyped address still opens', () => {
  const wrong = {
    status: 'done',
    min_rating: 9,
    max_rating: '2',
    item: 'first',
    after: 'soon',
    q: ' ',
    x: 1,
  };
  assert.deepEqual(reviewSearch(wrong), {});
});
