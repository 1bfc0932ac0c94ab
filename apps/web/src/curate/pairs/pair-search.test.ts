import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, pairSearch } from './pair-search.ts';

test('filters of the address become those of the server, and nonsense is left out', () => {
  const search = pairSearch({
    q: 42,
    method: 'judged',
    place: 'used',
    strength: 'clear',
    annotator: ' a@b.c ',
  });
  assert.deepEqual(search, {
    q: '42',
    method: 'judged',
    place: 'used',
    strength: 'clear',
    annotator: 'a@b.c',
  });
  assert.deepEqual(filterOf(search), {
    q: '42',
    method: 'judged',
    free: 'false',
    min_strength: 0.75,
    annotator: 'a@b.c',
  });
  assert.deepEqual(pairSearch({ q: '  ', method: 'guessed', place: true, strength: 1, dataset: 'x' }), {});
});
