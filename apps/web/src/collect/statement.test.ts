import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feedback } from '@attune/contracts';
import { saysSomething, statementOf, withWish } from './statement.ts';

const feedback: Feedback = {
  id: '0198c0de-0000-7000-8000-000000000001',
  response_id: '0198c0de-0000-7000-8000-000000000002',
  session_id: null,
  user_id: null,
  query: 'How?',
  response: 'Wash.',
  feedback_type: 'detailed',
  feedback_value: { correction: 'Wash with soap.', thumbs: 'up' },
  rating_overall: 4,
  rating_dimensions: { accuracy: 5 },
  reaction_type: 'thumbs_up',
  text_feedback: 'Good.',
  curator_email: null,
  status: 'pending',
  tags: [],
  source: 'user',
  reward_model: null,
  policy: null,
  is_training_data: false,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
};

test('a stored feedback says what was said', () => {
  assert.deepEqual(statementOf(feedback), {
    rating: 4,
    thumbs: 'up',
    dimensions: { accuracy: 5 },
    comment: 'Good.',
    correction: 'Wash with soap.',
    unsafe: false,
  });
  assert.equal(saysSomething(statementOf(null)), false);
  assert.equal(saysSomething(statementOf(feedback)), true);
});

test('a wish changes what it names and leaves the rest', () => {
  const after = withWish(statementOf(feedback), { rating_dimensions: { clarity: 2 }, comment: '' });
  assert.deepEqual(after.dimensions, { accuracy: 5, clarity: 2 });
  assert.equal(after.comment, '');
  assert.equal(after.rating, 4);
  assert.equal(withWish(statementOf(null), { safety_issue: true }).unsafe, true);
});

test('thumbs and stars never contradict each other', () => {
  const before = statementOf(feedback);
  assert.deepEqual(
    [withWish(before, { thumbs: 'down' }).rating, withWish(before, { thumbs: 'down' }).thumbs],
    [null, 'down'],
  );
  assert.deepEqual(
    [withWish(before, { rating: 1 }).rating, withWish(before, { rating: 1 }).thumbs],
    [1, null],
  );
  assert.equal(withWish(before, { rating: 3 }).thumbs, 'up');
});
