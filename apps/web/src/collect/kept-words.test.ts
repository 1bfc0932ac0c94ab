import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offered, wordIn } from './kept-words.ts';

test('words are kept in English and shown in the language of the page', () => {
  assert.equal(wordIn('vi', 'Incomplete'), 'Thiếu');
  assert.equal(wordIn('en', 'Incomplete'), 'Incomplete');
  assert.equal(wordIn('vi', 'Off topic'), 'Off topic');
});

test('every word to choose from has a Vietnamese one', () => {
  for (const kept of [...offered.good, ...offered.bad, ...offered.notes]) {
    assert.notEqual(wordIn('vi', kept), kept);
  }
});
