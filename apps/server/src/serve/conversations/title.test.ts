import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titleOf } from './title.ts';

test('is the question on one line', () => {
  assert.equal(titleOf(' What helps\n\nagainst  a cold? '), 'What helps against a cold?');
  assert.equal(titleOf(''), '');
});

test('is cut at a word, or between characters where there are no words', () => {
  const title = titleOf('What helps against a cold that has lasted for more than two weeks now?');
  assert.equal(title, 'What helps against a cold that has lasted for more than…');
  const pictures = titleOf('🛌'.repeat(100));
  assert.ok(pictures.isWellFormed() && pictures.length <= 60 && pictures.endsWith('🛌…'));
});
