import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cohensKappa, percentAgreement, squaredDifference } from '../index.ts';

const seed = { seed: 1 };

// Cohen 1968, table 1: 200 diagnoses of two psychiatrists.
const counts = [
  [88, 14, 18],
  [10, 40, 10],
  [2, 6, 12],
];
const diagnoses = counts.flatMap((row, a) =>
  row.flatMap((count, b) => Array.from({ length: count }, (): [number, number] => [a, b])),
);

test("Cohen's kappa of the diagnoses of Cohen 1968: 0.492", () => {
  const { value, ci, n } = cohensKappa(diagnoses, seed);
  assert.equal(value.toFixed(3), '0.492');
  assert.ok(ci[0] > 0.35 && ci[1] < 0.6);
  assert.equal(n, 200);
});

test('weighted kappa of the same with the weights given there: 0.348', () => {
  const weights = [
    [0, 1, 3],
    [1, 0, 6],
    [3, 6, 0],
  ];
  const { value } = cohensKappa(diagnoses, seed, (a, b) => weights[a]?.[b] ?? Number.NaN);
  assert.equal(value.toFixed(3), '0.348');
});

test('quadratic weights with equal marginals are the correlation (Fleiss and Cohen 1973)', () => {
  const pairs: [number, number][] = [
    [1, 2],
    [2, 1],
    [3, 3],
    [4, 4],
    [4, 5],
    [5, 4],
  ];
  // Both have the values 1, 2, 3, 4, 4, 5: mean 19/6, sum of squares 65/6, of products 55/6 · 71/65.
  const mean = 19 / 6;
  const products = pairs.reduce((sum, [a, b]) => sum + (a - mean) * (b - mean), 0);
  const squares = pairs.reduce((sum, [a]) => sum + (a - mean) ** 2, 0);
  const { value } = cohensKappa(pairs, seed, squaredDifference);
  assert.ok(Math.abs(value - products / squares) < 1e-12);
});

test('one and the same judgement everywhere says nothing about agreement', () => {
  assert.ok(Number.isNaN(cohensKappa([['a', 'a']], seed).value));
});

test('percent agreement is the share of agreeing pairs, over units with two or more', () => {
  const { value, n } = percentAgreement([['a', 'a', 'b'], ['a', 'a'], ['a']], seed);
  assert.equal(value, (1 / 3 + 1) / 2);
  assert.equal(n, 2);
  assert.ok(Number.isNaN(percentAgreement([['a']], seed).value));
});
