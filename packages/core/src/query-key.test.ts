import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryKey, words } from './index.ts';

test('spellings of one question share a key', () => {
  const key = queryKey('What is COVID-19?');
  for (const other of [
    'what is covid 19',
    '  What is\tCOVID‑19 ? ',
    'ＷＨＡＴ is COVID-19!!',
    'What is COVID-19\u200b?',
  ]) {
    assert.equal(queryKey(other), key, other);
  }
  assert.equal(queryKey("What's up"), queryKey('Whats up?'));
});

test('different questions keep different keys', () => {
  assert.notEqual(queryKey('Learn C#'), queryKey('Learn C'));
  assert.notEqual(queryKey('Learn C++'), queryKey('Learn C'));
  assert.notEqual(queryKey('???'), queryKey('!!!'));
  assert.notEqual(queryKey('Is 5 > 3'), queryKey('Is 5 < 3'));
});

test('a key is its own key', () => {
  for (const query of ['Où est-ce ?', 'İstanbul', 'ﬁne “print”', '何ですか？', 'a_b # c#']) {
    assert.equal(queryKey(queryKey(query)), queryKey(query));
  }
});

test('words are case-folded and scripts without spaces go letter by letter', () => {
  assert.deepEqual(words('The “Ｆox”, 2× faster!'), ['the', 'fox', '2', 'faster']);
  assert.deepEqual(words('GPT说你好'), ['gpt', '说', '你', '好']);
  assert.deepEqual(words('...'), []);
});
