import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storable, storableJson, storableText } from './storable.ts';

const LONE = '\ud83c';

test('a text keeps everything but NUL and half characters', () => {
  assert.equal(storableText(`füße 🎈\n\u0001 a\0b${LONE}c`), 'füße 🎈\n\u0001 a\uFFFDb\uFFFDc');
});

test('so do all texts within a value, and names', () => {
  const value = { list: ['a\0', 1, null, { [`k${LONE}`]: true }], plain: 'x' };
  assert.deepEqual(storable(value), { list: ['a\uFFFD', 1, null, { 'k\uFFFD': true }], plain: 'x' });
});

test('as JSON, where a backslash in a text is a backslash and a date is its text', () => {
  const at = new Date(0);
  assert.equal(storableJson({ at, text: '\\u0000' }), JSON.stringify({ at, text: '\\u0000' }));
  assert.equal(storableJson({ at, text: `\0${LONE}` }), JSON.stringify({ at, text: '\uFFFD\uFFFD' }));
});
