import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedbackSearch, filterOf } from './feedback-search.ts';

test('filters of the address become those of the server, and nonsense is left out', () => {
  assert.deepEqual(feedbackSearch({ status: 'pending', rating: 'low', type: 'voice', x: 1 }), {
    status: 'pending',
    rating: 'low',
    type: 'voice',
  });
  assert.deepEqual(feedbackSearch({ status: 'lost', rating: 7 }), {});
  assert.deepEqual(filterOf({ rating: 'high', type: 'inline' }), { feedback_type: 'inline', min_rating: 4 });
});
