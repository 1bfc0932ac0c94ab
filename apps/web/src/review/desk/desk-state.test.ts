import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewItem } from '../testing/review-item.ts';
import {
  clearDesk,
  currentItem,
  type DeskState,
  missing,
  moved,
  withDecided,
  withLost,
  withOnTop,
  withTaken,
} from './desk-state.ts';

const desk = (...ids: string[]): DeskState => withTaken(clearDesk, ids.map(reviewItem));
const ids = (state: DeskState) => state.items.map(({ feedback }) => feedback.id);
const current = (state: DeskState) => currentItem(state)?.feedback.id;
const until = '2026-01-01T00:00:00Z';

test('the next item lies where the decided one lay, and the decided one does not come back', () => {
  const after = withDecided(moved(desk('a', 'b', 'c'), 1), 'b');
  assert.deepEqual(ids(after), ['a', 'c']);
  assert.equal(current(after), 'c');
  assert.deepEqual(ids(withTaken(after, [reviewItem('b'), reviewItem('d')])), ['a', 'c', 'd']);
  assert.equal(current(withDecided(after, 'c')), 'a');
  assert.equal(current(withDecided(withDecided(after, 'c'), 'a')), undefined);
});

test('an item that is taken back is looked at, and can be decided anew', () => {
  const back = withOnTop(withDecided(desk('a', 'b'), 'a'), reviewItem('a'));
  assert.deepEqual(ids(back), ['a', 'b']);
  assert.equal(current(back), 'a');
  assert.equal(back.decided.has('a'), false);
  assert.deepEqual(ids(withOnTop(back, reviewItem('b'))), ['a', 'b']);
});

test('what others took meanwhile leaves, except the item that is looked at', () => {
  const state = withLost(desk('a', 'b', 'c'), [
    { id: 'a', by: 'Ann', until },
    { id: 'b', by: 'Ben', until },
  ]);
  assert.deepEqual(ids(state), ['a', 'c']);
  assert.deepEqual(state.lost.get('a'), { by: 'Ann', until });
  const on = moved(state, 1);
  assert.deepEqual(ids(on), ['c']);
  assert.equal(current(on), 'c');
  assert.equal(on.lost.size, 0);
});

test('moving ends at both ends, and says how many are to be fetched', () => {
  const state = desk('a', 'b');
  assert.equal(current(moved(state, -1)), 'a');
  assert.equal(current(moved(moved(state, 1), 1)), 'b');
  assert.equal(missing(state, 3), 2);
  assert.equal(missing(moved(state, 1), 3), 3);
  assert.equal(missing(desk('a', 'b', 'c', 'd', 'e'), 3), 0);
});
