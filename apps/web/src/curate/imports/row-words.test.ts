import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RowError } from '@attune/contracts';
import { rowWords } from './row-words.ts';
import { text } from './text.ts';

const wrong = (error: Partial<RowError>): RowError => ({
  line: 3,
  param: 'rating',
  message: 'Too big: expected number to be <=5',
  reason: 'too_large',
  limit: 5,
  ...error,
});

test('what is wrong with a row is said by the name of its field, in either language', () => {
  assert.deepEqual(rowWords(text.en, 'ratings', wrong({})), {
    line: 3,
    field: 'Rating',
    words: 'must be at most 5',
  });
  assert.deepEqual(rowWords(text.vi, 'ratings', wrong({})), {
    line: 3,
    field: 'Điểm',
    words: 'không được quá 5',
  });
  assert.equal(rowWords(text.vi, 'corrections', wrong({ param: 'rejected' })).field, 'Câu trả lời');
  assert.equal(rowWords(text.vi, 'conversations', wrong({ param: 'messages.0.content' })).field, 'Tin nhắn');
});

test('a column of the file keeps its name, and what has no reason its message', () => {
  assert.deepEqual(
    rowWords(text.en, 'ratings', wrong({ param: 'Urteil', reason: 'no_label', limit: null })),
    {
      line: 3,
      field: 'Urteil',
      words: 'holds a value that is no number and no label above',
    },
  );
  assert.equal(
    rowWords(text.vi, 'pairs', wrong({ param: 'strength', reason: 'other' })).words,
    'Too big: expected number to be <=5',
  );
});
