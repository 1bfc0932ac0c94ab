import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { balancedTargets, fitLogistic } from './logistic-regression.ts';
import { matrixOf } from './matrix.ts';

const fixture = z
  .object({
    rows: z.array(z.array(z.number())),
    labels: z.array(z.boolean()),
    cases: z.array(
      z.object({ c: z.number(), balanced: z.boolean(), weights: z.array(z.number()), bias: z.number() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/logistic.json', import.meta.url), 'utf8')));

for (const { c, balanced, weights, bias } of fixture.cases) {
  test(`agrees with scikit-learn to 1e-4: C = ${c}, ${balanced ? 'balanced' : 'equal'} weights`, () => {
    const plain = fixture.labels.map((label, row) => ({ row, target: label ? 1 : 0, weight: 1 }));
    const points = balanced ? balancedTargets(fixture.labels) : plain;
    const fit = fitLogistic({ rows: matrixOf(fixture.rows), points, pairs: [], penalty: 1 / c });
    assert.ok(Math.abs(fit.bias - bias) < 1e-4);
    weights.forEach((weight, i) => {
      assert.ok(Math.abs(fit.weights[i]! - weight) < 1e-4, `${i}: ${fit.weights[i]} against ${weight}`);
    });
  });
}

test('pairs are a logistic regression on differences (Bradley and Terry)', () => {
  // The maximum of one feature, one pair kind, without much penalty: winners of 3 in 4 have log odds ln 3.
  const rows = matrixOf([[1], [0]]);
  const pairs = [
    { better: 0, worse: 1, weight: 3 },
    { better: 1, worse: 0, weight: 1 },
  ];
  const fit = fitLogistic({ rows, points: [], pairs, penalty: 1e-9 });
  assert.ok(Math.abs(fit.weights[0]! - Math.log(3)) < 1e-5);
  assert.equal(fit.bias, 0);
});

test('a larger penalty gives smaller weights', () => {
  const rows = matrixOf(fixture.rows);
  const points = balancedTargets(fixture.labels);
  const size = (penalty: number) => Math.hypot(...fitLogistic({ rows, points, pairs: [], penalty }).weights);
  assert.ok(size(100) < size(10) && size(10) < size(1));
});
