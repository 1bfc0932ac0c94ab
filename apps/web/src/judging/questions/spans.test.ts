import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstWord, segmentsOf, stretched, wordBeside } from './spans.ts';

const text = 'Wash your hands often.';

test('a text falls into pieces where marks and the selection begin and end', () => {
  const marks = [{ response: 'A', start: 5, end: 15, label: 'wrong' }];
  const pieces = segmentsOf(text, marks, { response: 'A', start: 10, end: 21 });
  assert.deepEqual(
    pieces.map((piece) => [piece.text, piece.labels, piece.selected]),
    [
      ['Wash ', [], false],
      ['your ', ['wrong'], false],
      ['hands', ['wrong'], true],
      [' often', [], true],
      ['.', [], false],
    ],
  );
  assert.equal(pieces.map((piece) => piece.text).join(''), text);
});

test('the keyboard moves and stretches the selection by words', () => {
  const first = firstWord('A', text);
  assert.deepEqual(first, { response: 'A', start: 0, end: 4 });
  assert.ok(first !== null);
  const second = wordBeside(first, text, 1);
  assert.equal(text.slice(second.start, second.end), 'your');
  const longer = stretched(second, text, 1);
  assert.equal(text.slice(longer.start, longer.end), 'your hands');
  assert.deepEqual(stretched(longer, text, -1), second);
  assert.deepEqual(stretched(second, text, -1), second);
  assert.deepEqual(wordBeside(first, text, -1), first);
  assert.equal(firstWord('A', '  '), null);
});
