import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unitAlphas } from './unit-alpha.ts';

/** Krippendorff 2011, section E: four observers, twelve units, with gaps; interval alpha is .849. */
const units = [
  [1, 1, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [5, 5, 5],
  [1, 1],
  [3],
];

test('weighted with their values, the shares make alpha', () => {
  const shares = unitAlphas(units);
  assert.equal(shares.at(-1), null);
  let sum = 0;
  let values = 0;
  for (const [index, share] of shares.entries()) {
    if (share === null) continue;
    const weight = units[index]?.length ?? 0;
    sum += share * weight;
    values += weight;
  }
  assert.equal((sum / values).toFixed(3), '0.849');
});

test('agreement is 1, more difference than chance is below 0', () => {
  const [same, apart] = unitAlphas([
    [3, 3],
    [1, 5],
    [4, 4],
  ]);
  assert.equal(same, 1);
  assert.ok(apart !== null && apart !== undefined && apart < 0);
  assert.deepEqual(unitAlphas([[4, 4], [4, 4], [4]]), [1, 1, null]);
  assert.deepEqual(unitAlphas([]), []);
});
