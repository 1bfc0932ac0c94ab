import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RatingRow } from '@attune/contracts';
import { sortRows } from './import-rows.ts';

const good = { user_prompt: 'Who?', ai_response: 'Me.', rating: 4 };

function sorted(...rows: Record<string, unknown>[]) {
  return sortRows(
    RatingRow,
    rows.map((data, index) => ({ line: index + 2, data })),
  );
}

describe('rows of a file', () => {
  test('bad ones are named by line and field, good ones kept', () => {
    const { good: kept, errors } = sorted(
      good,
      { ...good, rating: 'five' },
      { ...good, rating: 7 },
      { ai_response: 'x', rating: 1 },
      { ...good, rating: true },
      { ...good, user_prompt: 'What?', rating: '2.5' },
      { ...good, created_at: 'yesterday' },
    );
    assert.deepEqual(
      kept.map(({ line, row }) => [line, row.rating]),
      [
        [2, 4],
        [7, 2.5],
      ],
    );
    assert.deepEqual(
      errors.map(({ line, param }) => [line, param]),
      [
        [3, 'rating'],
        [4, 'rating'],
        [5, 'user_prompt'],
        [6, 'rating'],
        [8, 'created_at'],
      ],
    );
  });

  test('equal rows count once; another rater, comment or rating makes another row', () => {
    const { good: kept, repeated } = sorted(
      good,
      { rating: '4', ai_response: 'Me.', user_prompt: 'Who?', user_id: '', feedback_comment: null },
      { ...good, user_id: 'a' },
      { ...good, user_id: 'b' },
      { ...good, feedback_comment: 'yes' },
      { ...good, rating: 5 },
    );
    assert.equal(kept.length, 5);
    assert.equal(repeated, 1);
  });

  test('a NUL and half a surrogate pair become the replacement character', () => {
    const { good: kept } = sorted({ ...good, user_prompt: 'a\u0000b', ai_response: 'c\ud800d' });
    assert.deepEqual([kept[0]?.row.user_prompt, kept[0]?.row.ai_response], ['a\uFFFDb', 'c\uFFFDd']);
  });
});
