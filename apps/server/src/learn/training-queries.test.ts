import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packedQueries, packQueries } from './training-queries.ts';

test('packed queries are found again in any spelling, others are not', () => {
  const knows = packedQueries(packQueries(['How are you?', 'What is 2 + 2?']));
  assert.ok(knows('how are  you'));
  assert.ok(knows('What is 2 + 2?'));
  assert.ok(!knows('How is she?'));
});

test('eight bytes a query, each once, in an order of their own', () => {
  const packed = packQueries(['a', 'b', 'c', 'B']);
  assert.equal(packed.byteLength, 24);
  assert.deepEqual(packQueries(['c', 'b', 'a']), packed);
});

test('no queries make an empty list that knows nothing', () => {
  assert.equal(packQueries([]).byteLength, 0);
  assert.ok(!packedQueries(new Uint8Array())('a'));
});

test('a list is read wherever it lies in memory', () => {
  const packed = packQueries(['a', 'b']);
  const shifted = new Uint8Array(packed.byteLength + 3);
  shifted.set(packed, 3);
  assert.ok(packedQueries(shifted.subarray(3))('b'));
});
