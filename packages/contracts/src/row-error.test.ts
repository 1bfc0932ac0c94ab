import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { ConversationRow, PairRow, RatingRow, rowError } from './index.ts';

function saidOf(schema: z.ZodType, data: Record<string, unknown>) {
  const { error } = schema.safeParse(data);
  assert.ok(error !== undefined);
  const { line, param, reason, limit } = rowError(7, data, error);
  assert.equal(line, 7);
  return [param, reason, limit];
}

const rating = { user_prompt: 'q', ai_response: 'a', rating: '4' };

test('what is wrong with a row is said by a reason, its field and its bound', () => {
  assert.deepEqual(saidOf(RatingRow, { ...rating, ai_response: undefined }), [
    'ai_response',
    'missing',
    null,
  ]);
  assert.deepEqual(saidOf(RatingRow, { ...rating, user_prompt: '' }), ['user_prompt', 'missing', 1]);
  assert.deepEqual(saidOf(RatingRow, { ...rating, rating: '9' }), ['rating', 'too_large', 5]);
  assert.deepEqual(saidOf(RatingRow, { ...rating, rating: 0 }), ['rating', 'too_small', 1]);
  assert.deepEqual(saidOf(RatingRow, { ...rating, rating: 'good' }), ['rating', 'wrong_kind', null]);
  assert.deepEqual(saidOf(RatingRow, { ...rating, created_at: 'soon' }), ['created_at', 'wrong_form', null]);
  assert.deepEqual(saidOf(RatingRow, { ...rating, user_id: 'x'.repeat(501) }), ['user_id', 'too_long', 500]);
  assert.deepEqual(saidOf(PairRow, { prompt: 'q', chosen: 'a', rejected: 'a' }), [
    'rejected',
    'same_text',
    null,
  ]);
  assert.deepEqual(saidOf(ConversationRow, { messages: 'Hi' }), ['messages', 'wrong_kind', null]);
  assert.deepEqual(saidOf(ConversationRow, { messages: [{ role: 'user' }, {}] }), [
    'messages.0.content',
    'missing',
    null,
  ]);
});
