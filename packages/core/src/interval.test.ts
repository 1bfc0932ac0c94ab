import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrap, mean, meanInterval, seededRandom, wilson } from './index.ts';

function rounded(ci: [number, number], digits: number): string[] {
  return ci.map((bound) => bound.toFixed(digits));
}

test('Wilson intervals of Newcombe 1998, table I, method 3', () => {
  assert.deepEqual(rounded(wilson(81, 263).ci, 4), ['0.2553', '0.3662']);
  assert.deepEqual(rounded(wilson(15, 148).ci, 4), ['0.0624', '0.1605']);
  assert.deepEqual(rounded(wilson(0, 20).ci, 4), ['0.0000', '0.1611']);
  assert.deepEqual(rounded(wilson(1, 29).ci, 4), ['0.0061', '0.1718']);
});

test('no trial bounds nothing', () => {
  const { value, ci, n } = wilson(0, 0);
  assert.ok(Number.isNaN(value));
  assert.deepEqual([ci, n], [[0, 1], 0]);
  assert.throws(() => wilson(3, 2), RangeError);
  assert.throws(() => wilson(1, 2, 1), RangeError);
});

test("mean of Student's sleep data (Student 1908; R's documentation of t.test gives 0.7001142 to 2.4598858)", () => {
  const { value, ci, n } = meanInterval([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
  assert.equal(value.toFixed(2), '1.58');
  assert.deepEqual(rounded(ci, 7), ['0.7001142', '2.4598858']);
  assert.equal(n, 10);
});

test('one value does not bound a mean', () => {
  assert.deepEqual(meanInterval([3]), { value: 3, ci: [-Infinity, Infinity], n: 1 });
});

test('bootstrap is repeatable, counts groups and nears the t interval for independent values', () => {
  const random = seededRandom(11);
  const values = Array.from({ length: 200 }, () => random() * 4);
  const groups = values.map((value) => [value]);
  const estimate = bootstrap(groups, mean, { seed: 1 });
  assert.deepEqual(bootstrap(groups, mean, { seed: 1 }), estimate);
  assert.equal(estimate.n, 200);
  const exact = meanInterval(values);
  assert.ok(Math.abs(estimate.ci[0] - exact.ci[0]) < 0.03 && Math.abs(estimate.ci[1] - exact.ci[1]) < 0.03);
});

test('rows of one group do not pass for independent rows', () => {
  const random = seededRandom(2);
  const groups = Array.from({ length: 30 }, () => new Array<number>(10).fill(random()));
  const width = ({ ci }: { ci: [number, number] }) => ci[1] - ci[0];
  const clustered = bootstrap(groups, mean, { seed: 4 });
  const naive = bootstrap(
    groups.flat().map((row) => [row]),
    mean,
    { seed: 4 },
  );
  assert.ok(width(clustered) > 2.5 * width(naive));
});

test('an undefined resample is left out and a single group bounds nothing', () => {
  const share = (rows: number[]) => (rows.includes(1) ? mean(rows) : Number.NaN);
  assert.ok(bootstrap([[0], [0], [1]], share, { seed: 1 }).ci.every(Number.isFinite));
  assert.deepEqual(bootstrap([[2, 4]], mean, { seed: 1 }), { value: 3, ci: [-Infinity, Infinity], n: 1 });
});
