import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentencesOf } from './sentences.ts';

test('sentences are passages of the text, white space apart', () => {
  const text = 'Wash your hands.  Stay at home.\n\nCall a doctor!';
  const sentences = sentencesOf(text, 'en');
  assert.deepEqual(
    sentences.map(({ quote }) => quote.exact),
    ['Wash your hands.', 'Stay at home.', 'Call a doctor!'],
  );
  for (const { quote, position } of sentences) {
    assert.equal(text.slice(position.start, position.end), quote.exact);
  }
});
