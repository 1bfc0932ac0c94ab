import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countInQuantileBins,
  kolmogorovSmirnov,
  kolmogorovSmirnovOfCounts,
  populationStability,
  seededRandom,
} from './index.ts';

test('population stability by hand: shares 0.5, 0.5 against 0.4, 0.6', () => {
  const { value, n } = populationStability([50, 50], [40, 60]);
  const expected = -0.1 * Math.log(0.4 / 0.5) + 0.1 * Math.log(0.6 / 0.5);
  assert.ok(Math.abs(value - expected) < 1e-12);
  assert.deepEqual(n, [100, 100]);
});

test('an empty bin does not make the index infinite', () => {
  assert.ok(Number.isFinite(populationStability([50, 50], [100, 0]).value));
  assert.throws(() => populationStability([1, 1], [0, 0]), RangeError);
  assert.throws(() => populationStability([1], [1]), RangeError);
});

test('quantile bins hold equal parts of the reference', () => {
  const reference = Array.from({ length: 100 }, (_, k) => k);
  assert.deepEqual(countInQuantileBins(reference, [0, 1, 99], 4), [
    [25, 25, 25, 25],
    [2, 0, 0, 1],
  ]);
  assert.equal(countInQuantileBins([...new Array<number>(20).fill(1), 2], [3])[0].length, 2);
});

test('p-values without a shift are small about as often as they should be', () => {
  const random = seededRandom(3);
  const draw = () => Array.from({ length: 200 }, random);
  const below = { psi: 0, ks: 0 };
  for (let run = 0; run < 400; run++) {
    const [a, b] = [draw(), draw()];
    below.psi += Number(populationStability(...countInQuantileBins(a, b)).p_value < 0.05);
    below.ks += Number(kolmogorovSmirnov(a, b).p_value < 0.05);
  }
  for (const count of Object.values(below)) assert.ok(count > 5 && count < 40, JSON.stringify(below));
});

// Distance and limiting p-value: SciPy 1.17.1, ks_2samp and kstwobign.sf.
test('Kolmogorov–Smirnov of two samples', () => {
  const a = [
    0.61, 0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64, -0.82, 0.37, 1.77, 1.09,
    -1.28, 2.36, 1.31, 1.05, -0.32, -0.4, 1.06, -2.47,
  ];
  const b = [
    1.2, 0.9, 0.33, 2.1, 1.7, 0.8, -0.1, 0.4, 2.2, 1.9, 3, 1.1, 0.77, 0.05, 1.4, 0.6, 1.33, 2.4, 0.2, 1.01,
  ];
  const { value, p_value, n } = kolmogorovSmirnov(a, b);
  assert.ok(Math.abs(value - 0.42) < 1e-12);
  assert.ok(Math.abs(p_value - 0.03968187953811441) < 1e-9);
  assert.deepEqual(n, [25, 20]);
});

test('equal samples lie at distance 0, disjoint ones at 1', () => {
  assert.deepEqual(kolmogorovSmirnov([1, 2, 2], [1, 2, 2]), { value: 0, p_value: 1, n: [3, 3] });
  assert.equal(kolmogorovSmirnov([1, 2], [3, 4]).value, 1);
  assert.throws(() => kolmogorovSmirnov([], [1]), RangeError);
});

test('of counts in bins the distance is that of values which lie in the bins', () => {
  const [a, b] = [
    [0, 0, 1, 2, 2, 2],
    [0, 1, 1, 1, 2, 3],
  ];
  assert.deepEqual(kolmogorovSmirnovOfCounts([2, 1, 3, 0], [1, 3, 1, 1]), kolmogorovSmirnov(a, b));
  assert.throws(() => kolmogorovSmirnovOfCounts([0], [1]), RangeError);
  assert.throws(() => kolmogorovSmirnovOfCounts([1], [1, 1]), RangeError);
});
