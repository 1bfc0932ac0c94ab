import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedBy, movedTo, placedNext, tiedAtEnd, withoutLast } from './ranking.ts';

test('responses are placed one after the other, each once', () => {
  const places = placedNext(placedNext([], 'B'), 'A');
  assert.deepEqual(places, [['B'], ['A']]);
  assert.deepEqual(placedNext(places, 'B'), [['B'], ['A']]);
  assert.deepEqual(withoutLast(places), [['B']]);
  assert.deepEqual(withoutLast([]), []);
});

test('the last place joins the one before it, and is taken back one by one', () => {
  assert.deepEqual(tiedAtEnd([['B'], ['A'], ['C']]), [['B'], ['A', 'C']]);
  assert.deepEqual(tiedAtEnd([['B']]), [['B']]);
  assert.deepEqual(withoutLast([['B'], ['A', 'C']]), [['B'], ['A']]);
});

test('a response moves to a place of its own', () => {
  assert.deepEqual(movedTo([['A'], ['B'], ['C']], 'C', 0), [['C'], ['A'], ['B']]);
  assert.deepEqual(movedBy([['A'], ['B'], ['C']], 'A', 1), [['B'], ['A'], ['C']]);
  assert.deepEqual(movedBy([['A'], ['B']], 'A', -1), [['A'], ['B']]);
  assert.deepEqual(movedBy([['A', 'B'], ['C']], 'B', 1), [['A'], ['B'], ['C']]);
  assert.deepEqual(movedBy([['A', 'B'], ['C']], 'B', -1), [['B'], ['A'], ['C']]);
});
