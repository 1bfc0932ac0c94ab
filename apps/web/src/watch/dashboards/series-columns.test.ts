import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Series } from '@attune/contracts';
import { seriesColumns, stepOf } from './series-columns.ts';

const point = (at: string, value: number) => ({ at, value, ci: [value - 1, null] as [number, null], n: 9 });
const series: Series = {
  metric: 'rating',
  unit: 'stars',
  step: 'day',
  from: '2026-03-01T00:00:00.000Z',
  to: '2026-03-04T00:00:00.000Z',
  least_n: 5,
  lines: [
    {
      segment: null,
      points: [point('2026-03-01T00:00:00.000Z', 4), point('2026-03-03T00:00:00.000Z', 3)],
      whole: { value: 3.5, ci: [3, 4], n: 18 },
    },
  ],
  left_out: 0,
  before: { value: null, ci: [null, null], n: 0 },
  rows: 'feedback',
  catching_up: false,
};

test('every step has its place, with a gap where nothing is known', () => {
  const { times, lines } = seriesColumns(series);
  const first = Date.parse(series.from) / 1000;
  assert.deepEqual(times, [first, first + 86_400, first + 172_800]);
  assert.deepEqual(lines, [{ values: [4, null, 3], lows: [3, null, 2], highs: [null, null, null] }]);
});

test('of counts, a step without anything is none', () => {
  const { lines } = seriesColumns({ ...series, metric: 'answers', unit: 'count' });
  assert.deepEqual(lines[0]?.values, [4, 0, 3]);
});

test('a point stands for its step', () => {
  assert.deepEqual(stepOf({ ...series, step: 'week' }, '2026-03-02T00:00:00.000Z'), {
    after: '2026-03-02T00:00:00.000Z',
    before: '2026-03-09T00:00:00.000Z',
  });
});
