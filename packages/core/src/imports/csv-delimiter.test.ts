import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvDelimiter } from './csv-delimiter.ts';

test('the heading tells what parts the cells', () => {
  assert.equal(csvDelimiter('prompt,rating\n"a;b;c";4'), ',');
  assert.equal(csvDelimiter('prompt;rating;comment\n"a,b",4,'), ';');
  assert.equal(csvDelimiter('prompt\trating\r\na\t4'), '\t');
});

test('what stands in quotes parts nothing', () => {
  assert.equal(csvDelimiter('"question, with, commas";"say ""a, b""";rating'), ';');
  assert.equal(csvDelimiter('"a;b;c;d",rating'), ',');
});

test('a byte order mark and empty lines before the heading do not count', () => {
  assert.equal(csvDelimiter('\uFEFF\r\n\n"a, b";c\n1,2,3,4'), ';');
});

test('of two that stand there as often, the one that names rarely hold', () => {
  assert.equal(csvDelimiter('a\tb, c\n1\t2'), '\t');
  assert.equal(csvDelimiter('question, in short;rating\nHow?;4'), ';');
});

test('one column, or nothing at all, is read with commas', () => {
  assert.equal(csvDelimiter('text\n1;2'), ',');
  assert.equal(csvDelimiter(''), ',');
});
