import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cohensKappa, krippendorffsAlpha, rawAgreement } from './index.ts';

const seed = { seed: 1 };

// Krippendorff 2011, section C: four observers, twelve units; null where an observer gave no value.
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const units = observers[0]!.map((_, unit) => observers.map((values) => values[unit]!));

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

test("Krippendorff's alpha of two observers, nominal (Krippendorff 2011, section B): 0.692", () => {
  const a = ['a', 'a', 'b', 'b', 'd', 'c', 'c', 'c', 'e', 'd', 'd', 'a'];
  const b = ['b', 'a', 'b', 'b', 'b', 'c', 'c', 'c', 'e', 'd', 'd', 'd'];
  const pairs = a.map((value, unit) => [value.charCodeAt(0), b[unit]!.charCodeAt(0)]);
  assert.equal(krippendorffsAlpha(pairs, 'nominal', seed).value.toFixed(3), '0.692');
});

test("Cohen's kappa of the diagnoses of Cohen 1968, table 1: 0.492", () => {
  const counts = [
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ];
  const items = counts.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, (): [number, number] => [a, b])),
  );
  const { value, ci, n } = cohensKappa(items, seed);
  assert.equal(value.toFixed(3), '0.492');
  assert.ok(ci[0] > 0.35 && ci[1] < 0.6);
  assert.equal(n, 200);
});

test('one and the same value everywhere says nothing about agreement', () => {
  assert.ok(Number.isNaN(cohensKappa([['a', 'a']], seed).value));
  assert.ok(Number.isNaN(krippendorffsAlpha([[1, 1]], 'nominal', seed).value));
  assert.ok(Number.isNaN(krippendorffsAlpha([], 'nominal', seed).value));
});

test('raw agreement is the share of agreeing pairs', () => {
  assert.equal(rawAgreement([['a', 'a', 'b'], ['a', 'a'], ['a']]), (1 / 3 + 1) / 2);
});
