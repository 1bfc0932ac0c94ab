import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './differences.ts';

test('the pieces of both texts are there, in order', () => {
  const before = 'Wash your hands with water.';
  const after = 'Wash your hands well with soap.';
  const pieces = differences(before, after);
  const of = (...changes: string[]) =>
    pieces
      .filter(({ change }) => changes.includes(change))
      .map(({ text }) => text)
      .join('');
  assert.equal(of('same', 'removed'), before);
  assert.equal(of('same', 'added'), after);
  assert.match(of('added'), /soap/);
});
