import assert from 'node:assert/strict';
import { test } from 'node:test';
import { krippendorffsAlpha } from '../index.ts';

const seed = { seed: 1 };

// Krippendorff 2011, section C: four observers, twelve units; null where an observer gave no value.
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const units = Array.from({ length: 12 }, (_, unit) => observers.map((values) => values[unit] ?? null));

for (const [level, expected] of [
  ['nominal', '0.743'],
  ['ordinal', '0.815'],
  ['interval', '0.849'],
] as const) {
  test(`Krippendorff's alpha, ${level}: ${expected}`, () => {
    const { value, ci, n } = krippendorffsAlpha(units, level, seed);
    assert.equal(value.toFixed(3), expected);
    assert.ok(ci[0] < value && value < ci[1] && ci[1] <= 1);
    assert.equal(n, 11);
  });
}

test('of two observers, nominal (Krippendorff 2011, section B): 0.692', () => {
  const a = ['a', 'a', 'b', 'b', 'd', 'c', 'c', 'c', 'e', 'd', 'd', 'a'];
  const b = ['b', 'a', 'b', 'b', 'b', 'c', 'c', 'c', 'e', 'd', 'd', 'd'];
  const pairs = a.map((value, unit) => [value.charCodeAt(0), (b[unit] ?? '').charCodeAt(0)]);
  assert.equal(krippendorffsAlpha(pairs, 'nominal', seed).value.toFixed(3), '0.692');
});

test('units that depend on each other are resampled together', () => {
  // Every unit stands there four times: the value is not new evidence.
  const repeated = units.flatMap((unit) => [unit, unit, unit, unit]);
  const clusters = units.flatMap((_, index) => Array.from({ length: 4 }, () => `item ${index}`));
  const apart = krippendorffsAlpha(repeated, 'interval', seed);
  const together = krippendorffsAlpha(repeated, 'interval', { ...seed, clusters });
  assert.equal(together.value, apart.value);
  assert.deepEqual([apart.n, together.n], [44, 11]);
  assert.ok(together.ci[1] - together.ci[0] > 1.5 * (apart.ci[1] - apart.ci[0]));
});

test('one and the same value everywhere says nothing about agreement', () => {
  assert.ok(Number.isNaN(krippendorffsAlpha([[1, 1]], 'nominal', seed).value));
  assert.ok(Number.isNaN(krippendorffsAlpha([], 'nominal', seed).value));
});
