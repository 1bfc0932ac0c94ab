import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allShown, extended, nothingSelected, toggled, without } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].toSorted();

test('rows are selected one by one and as a range, upwards too', () => {
  const b = toggled(nothingSelected, 'b');
  assert.deepEqual(ids(extended(b, 'd', order)), ['b', 'c', 'd']);
  assert.deepEqual(ids(extended(toggled(b, 'd'), 'c', order)), ['b', 'c', 'd']);
  assert.deepEqual(ids(toggled(b, 'b')), []);
  assert.deepEqual(ids(extended(nothingSelected, 'c', order)), ['c']);
});

test('all shown rows, and again none', () => {
  const all = allShown(toggled(nothingSelected, 'a'), order);
  assert.deepEqual(ids(all), order);
  assert.equal(allShown(all, order).ids.size, 0);
});

test('selecting a row after everything begins anew', () => {
  assert.deepEqual(ids(toggled({ ids: new Set(order), anchor: null, everything: true }, 'c')), ['c']);
});

test('rows that left are not selected', () => {
  assert.deepEqual(ids(without(allShown(nothingSelected, order), ['b', 'c'])), ['a', 'd']);
});
