import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgesAlpha } from './judge-alpha.ts';
import { krippendorffsAlpha } from './krippendorff.ts';

const seed = { seed: 1 };

test('beside one other judge it is the alpha of the two (Krippendorff 2011, section B): 0.692', () => {
  const a = [1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1];
  const b = [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4];
  const units = a.map((own, unit) => ({ own, others: [b[unit] ?? 0] }));
  const ours = judgesAlpha(units, 'nominal', seed);
  assert.equal(ours.value.toFixed(3), '0.692');
  assert.deepEqual(
    ours,
    krippendorffsAlpha(
      units.map(({ own, others }) => [own, ...others]),
      'nominal',
      seed,
    ),
  );
});

// Worked by hand. Own values 1 1 2 2; the two others say 1 1 | 1 2 | 2 2 | 1 2. Each unit gives two coincidences, one each way:
//   o(1,1) = 2 + 1 = 3, o(2,2) = 2 + 1 = 3, o(1,2) = o(2,1) = ½ + ½ = 1; n = 8, n₁ = n₂ = 4.
//   Dₒ = 2, Dₑ = 2 · 4 · 4 / 7 = 32/7, alpha = 1 − 14/32 = 0.5625.
const halves = [
  { own: 1, others: [1, 1] },
  { own: 1, others: [1, 2] },
  { own: 2, others: [2, 2] },
  { own: 2, others: [1, 2] },
];

test('beside several, every unit counts once: 0.5625', () => {
  assert.equal(judgesAlpha(halves, 'nominal', seed).value, 0.5625);
});

test('over several questions both disagreements are summed, and what nobody else rated does not count', () => {
  // The second question: own 7 7 9, the other 7 9 9: o(7,7) = 2, o(9,9) = 2, o(7,9) = o(9,7) = 1; Dₒ = 2, Dₑ = 2 · 3 · 3 / 5.
  const second = [
    [7, 7],
    [7, 9],
    [9, 9],
  ].map(([own = 0, other = 0]) => ({ own, others: [other], question: 'b' }));
  const alone = { own: 5, others: [] };
  const { value, n } = judgesAlpha([...halves, ...second, alone], 'nominal', seed);
  assert.equal(value.toFixed(6), (1 - 4 / (32 / 7 + 18 / 5)).toFixed(6));
  assert.equal(n, 7);
});

test('a judge who says what nobody else says is below chance, one who always agrees is at 1', () => {
  const opposed = Array.from({ length: 20 }, (_, unit) => ({ own: unit % 2, others: [1 - (unit % 2)] }));
  const { value, ci, n } = judgesAlpha(opposed, 'nominal', seed);
  assert.ok(value < -0.8 && ci[1] < 0);
  assert.equal(n, 20);
  const agreed = opposed.map(({ own }) => ({ own, others: [own, own] }));
  assert.deepEqual(judgesAlpha(agreed, 'nominal', seed).value, 1);
});

test('clusters are resampled together, and one value everywhere says nothing', () => {
  const repeated = halves.flatMap((unit) => [unit, unit, unit]);
  const clusters = halves.flatMap((_, item) => [String(item), String(item), String(item)]);
  assert.equal(judgesAlpha(repeated, 'nominal', { ...seed, clusters }).n, 4);
  assert.ok(Number.isNaN(judgesAlpha([{ own: 1, others: [1] }], 'nominal', seed).value));
  assert.ok(Number.isNaN(judgesAlpha([], 'nominal', seed).value));
});
