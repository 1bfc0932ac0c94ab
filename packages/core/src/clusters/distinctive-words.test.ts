import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distinctiveWords } from './distinctive-words.ts';

test('words of a group are those that the others lack', () => {
  const visa = ['How long is the visa valid?', 'The visa and the fee', 'Is the fee for a visa high?'];
  const others = ['How long is the queue?', 'The nurse is late', 'The test is free'];
  // visa: 3 of 3 against 0 of 3; fee: 2 of 3 against none. "the" is everywhere, "valid" in one text only.
  assert.deepEqual(distinctiveWords(visa, others, 3), ['visa', 'fee']);
  assert.deepEqual(distinctiveWords(visa, others, 1), ['visa']);
  assert.deepEqual(distinctiveWords(['one text'], [], 3), []);
});
