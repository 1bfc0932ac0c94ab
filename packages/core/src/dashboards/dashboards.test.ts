import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pearson } from '../correlation.ts';
import { auc } from '../metrics.ts';
import { quantile } from '../quantile.ts';
import { seededRandom } from '../random.ts';
import { histogramArea } from './histogram-area.ts';
import { countFrom, histogramQuantile } from './histogram-quantile.ts';
import { edgeOf, histogramScales } from './histogram-scale.ts';
import { histogramShift } from './histogram-shift.ts';
import { addRollups, momentsOfSums, noSums, type RollupSums } from './rollup-sums.ts';
import { type RollupMetric, seriesEstimate } from './series-metrics.ts';
import { rangeBefore, seriesRange } from './series-range.ts';
import { sumsCorrelation } from './sums-correlation.ts';

const sumsOf = (values: readonly number[]): RollupSums => ({
  n: values.length,
  total: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
  buckets: null,
});

function histogramOf(
  scale: (typeof histogramScales)[keyof typeof histogramScales],
  values: readonly number[],
): number[] {
  const counts = new Array<number>(scale.buckets).fill(0);
  for (const value of values) {
    const place = counts.findIndex((_, k) => value < edgeOf(scale, k + 1));
    counts[place === -1 ? counts.length - 1 : place]! += 1;
  }
  return counts;
}

const close = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not within ${within} of ${expected}`);

test('sums of parts tell the mean and variance of the whole', () => {
  const [one, other] = [
    [1, 4, 4],
    [5, 2],
  ];
  const { n, mean, variance } = momentsOfSums(addRollups(sumsOf(one), sumsOf(other)));
  assert.equal(n, 5);
  close(mean, 3.2, 1e-12);
  close(variance, 2.7, 1e-12);
  assert.deepEqual(addRollups(noSums, { ...noSums, buckets: [1, 2] }).buckets, [1, 2]);
});

test('percentiles of a histogram are within a bucket of those of the values', () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 5000 }, () => Math.exp(5 + 1.5 * random()));
  const counts = histogramOf(histogramScales.latency, values);
  for (const p of [0.05, 0.5, 0.95]) {
    const exact = quantile(values, p);
    const { value, ci, n } = histogramQuantile(histogramScales.latency, counts, p);
    close(value / exact, 1, 0.02);
    assert.ok(ci[0] <= value && value <= ci[1]);
    assert.equal(n, 5000);
  }
});

test('the interval of a percentile lies between order statistics, and ends where the sample does', () => {
  // Conover 1999, section 3.2: for n = 16 and p = 0.5 the ranks are 8 ± 1.96 · 2 = 4.08 and 11.92.
  const scale = { least: 0, most: 16, buckets: 16, logarithmic: false };
  const one = new Array<number>(16).fill(1);
  const { value, ci } = histogramQuantile(scale, one, 0.5);
  close(value, 8, 1e-9);
  close(ci[0], 4.08, 0.001);
  close(ci[1], 11.92, 0.001);
  assert.deepEqual(histogramQuantile(scale, one, 0.95).ci[1], Infinity);
  assert.ok(Number.isNaN(histogramQuantile(scale, [], 0.5).value));
});

test('a threshold on an edge counts exactly', () => {
  const counts = new Array<number>(50).fill(0);
  counts[29] = 3;
  counts[30] = 4;
  assert.equal(countFrom(histogramScales.reward, counts, 0.6), 4);
  assert.equal(countFrom(histogramScales.reward, counts, 0.58), 7);
});

test('the area under the curve of two histograms is that of their values', () => {
  // Positives 1, 2, 2 and negatives 0, 2 in buckets: of six pairs, 1 > 0, 2 > 0 twice, 2 = 2 twice, 1 < 2: (3 + 1) / 6.
  const { value, n } = histogramArea([0, 1, 2], [1, 0, 1]);
  close(value, auc([1, 2, 2, 0, 2], [true, true, true, false, false]), 1e-12);
  close(value, 4 / 6, 1e-12);
  assert.equal(n, 5);
  assert.ok(Number.isNaN(histogramArea([1], [5]).value));
});

test('the correlation of sums is that of the values', () => {
  const random = seededRandom(5);
  const x = Array.from({ length: 200 }, random);
  const y = x.map((value) => value + random());
  const products = sumsOf(x.map((value, k) => value * y[k]!));
  const { value, ci, n } = sumsCorrelation(sumsOf(x), sumsOf(y), products);
  close(value, pearson(x, y), 1e-9);
  // Fisher 1921: atanh r ± 1.96 / √197.
  close(Math.atanh(ci[1]) - Math.atanh(value), 1.959964 / Math.sqrt(197), 1e-6);
  assert.equal(n, 200);
  assert.ok(Number.isNaN(sumsCorrelation(sumsOf([1, 1]), sumsOf([1, 2]), sumsOf([1, 2])).value));
});

test('rewards as before have not moved, shifted ones have', () => {
  const random = seededRandom(8);
  const draw = (n: number, shift: number) =>
    histogramOf(
      histogramScales.reward,
      Array.from({ length: n }, () => Math.min(0.99, random() * 0.8 + shift)),
    );
  const before = draw(4000, 0);
  const same = histogramShift(before, draw(2000, 0));
  assert.ok(same.ci[0] <= 0 && same.value < 0.02, `${same.value}`);
  assert.ok(histogramShift(before, draw(2000, 0.15)).ci[0] > 0.1);
  assert.ok(Number.isNaN(histogramShift([], draw(10, 0)).value));
});

test('a metric says nothing of too few observations but their number', () => {
  const parts = (sums: RollupSums) => new Map<RollupMetric, RollupSums>([['satisfaction', sums]]);
  const options = { threshold: 0.6, reference: null };
  const few = seriesEstimate('satisfaction', parts(sumsOf([1, 1, 0])), options);
  assert.deepEqual([few.value, few.n], [Number.NaN, 3]);
  // Newcombe 1998, table I: 15 of 148 has the Wilson interval 0.0624 to 0.1605.
  const many = seriesEstimate(
    'satisfaction',
    parts({ n: 148, total: 15, squares: 15, buckets: null }),
    options,
  );
  assert.deepEqual(
    many.ci.map((end) => end.toFixed(4)),
    ['0.0624', '0.1605'],
  );
});

test('a range is widened to whole steps that make few enough points', () => {
  const at = (text: string) => new Date(text);
  const day = seriesRange(at('2026-03-01T10:30:00Z'), at('2026-03-02T10:30:00Z'), 'auto');
  assert.deepEqual(day, { from: at('2026-03-01T10:00:00Z'), to: at('2026-03-02T11:00:00Z'), step: 'hour' });
  const month = seriesRange(at('2026-03-01T10:30:00Z'), at('2026-03-31T00:00:00Z'), 'auto');
  assert.deepEqual(month, { from: at('2026-03-01T00:00:00Z'), to: at('2026-03-31T00:00:00Z'), step: 'day' });
  const year = seriesRange(at('2025-03-05T00:00:00Z'), at('2026-03-05T00:00:00Z'), 'auto');
  // Weeks begin on Monday.
  assert.deepEqual(year, { from: at('2025-03-03T00:00:00Z'), to: at('2026-03-09T00:00:00Z'), step: 'week' });
  assert.equal(seriesRange(at('2025-03-05T00:00:00Z'), at('2026-03-05T00:00:00Z'), 'hour').step, 'day');
  assert.deepEqual(rangeBefore(month).from, at('2026-01-30T00:00:00Z'));
});
