import assert from 'node:assert/strict';
import { test } from 'node:test';
import { averageLinkage, centred, cosines } from './average-linkage.ts';

// The worked example of UPGMA on Wikipedia: distances of five bacteria (JC69 of their 5S ribosomal RNA), joined at
// distances 17 (a, b), 22 (ab, e), 28 (c, d) and 33 (abe, cd).
const distances = [
  [0, 17, 21, 31, 23],
  [17, 0, 30, 34, 21],
  [21, 30, 0, 28, 39],
  [31, 34, 28, 0, 43],
  [23, 21, 39, 43, 0],
];
const likeness = distances.map((row) => row.map((distance) => -distance));

test('groups are those of the textbook, wherever the tree is cut', () => {
  const [a, b, c, d, e] = [0, 1, 2, 3, 4];
  assert.deepEqual(averageLinkage(likeness, -16), [[a], [b], [c], [d], [e]]);
  assert.deepEqual(averageLinkage(likeness, -17), [[a, b], [c], [d], [e]]);
  assert.deepEqual(averageLinkage(likeness, -22), [[a, b, e], [c], [d]]);
  assert.deepEqual(averageLinkage(likeness, -28), [
    [a, b, e],
    [c, d],
  ]);
  assert.deepEqual(averageLinkage(likeness, -33), [[a, b, c, d, e]]);
  assert.deepEqual(averageLinkage([], 0), []);
});

test('things that are all the same are one group', () => {
  const same = Array.from({ length: 40 }, () => [3, 4]);
  assert.equal(averageLinkage(cosines(same), 0.99).length, 1);
});

test('what all vectors have in common is taken away', () => {
  const rows = centred([
    [2, 0],
    [0, 3],
  ]);
  assert.deepEqual(
    rows.map((row) => [...row]),
    [
      [0.5, -0.5],
      [-0.5, 0.5],
    ],
  );
});

test('cosines know the angle, not the length', () => {
  const rows = cosines([
    [1, 0],
    [15, 20],
    [0, 0],
  ]);
  assert.deepEqual(
    rows.map((row) => [...row].map((value) => Number(value.toFixed(4)))),
    [
      [1, 0.6, 0],
      [0.6, 1, 0],
      [0, 0, 0],
    ],
  );
});
