import type { dashboardSeries, RequestOf, Series, SeriesLine } from '@attune/contracts';
import {
  addRollups,
  type Estimate,
  noSums,
  type RollupMetric,
  type RollupSums,
  rangeBefore,
  seriesEstimate,
  seriesMetrics,
  seriesRange,
} from '@attune/core';
import { isMarked } from '../rollups/rollup-marks.ts';
import { firstRewards, type SteppedSums, steppedSums, wholeSums } from '../rollups/rollup-store.ts';
import type { Sql } from '../sql.ts';
import { requestedSpan } from './requested-span.ts';
import { shownEstimate } from './shown-estimate.ts';

type Query = RequestOf<typeof dashboardSeries>['query'];
type Parts = ReadonlyMap<RollupMetric, RollupSums>;

const MOST_LINES = 8;

/**
 * A metric of an organisation over time.
 * @throws AttuneError `invalid_request` where the range ends before it begins or is too long
 */
export async function series(db: Sql, organization: string, query: Query, now: Date): Promise<Series> {
  const { metric, by, reward_model, policy, script } = query;
  const { made_of, unit, least_n, rows } = seriesMetrics[metric];
  const range = seriesRange(...requestedSpan(query, now), query.step);
  const filter = { organization, metrics: made_of, range, segments: { reward_model, policy, script } };
  const [stepped, before, references, catching_up] = await Promise.all([
    steppedSums(db, filter, by),
    wholeSums(db, { ...filter, range: rangeBefore(range) }),
    metric === 'reward_drift' ? firstRewards(db, organization) : new Map<string, number[]>(),
    isMarked(db, organization, range.from, range.to),
  ]);
  const estimateOf = estimator(query, references);
  const lines = linesOf(stepped, by !== undefined, estimateOf);
  return {
    ...{ metric, unit, step: range.step, from: range.from.toISOString(), to: range.to.toISOString() },
    ...{ least_n, rows, catching_up },
    lines: lines.slice(0, MOST_LINES),
    left_out: Math.max(0, lines.length - MOST_LINES),
    before: shownEstimate(estimateOf(before, '')),
  };
}

type EstimateOf = (parts: Parts, segment: string) => Estimate;

/** Drift is told from the first week of the model at hand; of several models together, from all their first weeks. */
function estimator(
  { metric, by, reward_model, threshold }: Query,
  references: ReadonlyMap<string, number[]>,
): EstimateOf {
  return (parts, segment) => {
    const model = by === 'reward_model' ? segment : reward_model;
    const reference = model === undefined ? together([...references.values()]) : references.get(model);
    return seriesEstimate(metric, parts, { threshold, reference: reference ?? null });
  };
}

/** Several histograms of one scale as one; undefined for none. */
export function together(histograms: readonly (readonly number[])[]): readonly number[] | undefined {
  const all = histograms.reduce<RollupSums>(
    (sum, buckets) => addRollups(sum, { ...noSums, buckets }),
    noSums,
  );
  return all.buckets ?? undefined;
}

/** The lines, those of the most observations first. */
function linesOf(stepped: readonly SteppedSums[], grouped: boolean, estimateOf: EstimateOf): SeriesLine[] {
  const bySegment = Map.groupBy(stepped, ({ segment }) => segment);
  if (!grouped && bySegment.size === 0) bySegment.set('', []);
  return [...bySegment]
    .map(([segment, rows]) => lineOf(segment, rows, estimateOf))
    .sort((one, other) => other.whole.n - one.whole.n);
}

function lineOf(segment: string, rows: readonly SteppedSums[], estimateOf: EstimateOf): SeriesLine {
  const byStep = Map.groupBy(rows, ({ at }) => at.toISOString());
  const points = [...byStep].map(([at, own]) => ({
    at,
    ...shownEstimate(estimateOf(partsOf(own), segment)),
  }));
  return {
    segment: segment === '' ? null : segment,
    points,
    whole: shownEstimate(estimateOf(partsOf(rows), segment)),
  };
}

function partsOf(rows: readonly SteppedSums[]): Parts {
  const parts = new Map<RollupMetric, RollupSums>();
  for (const row of rows) parts.set(row.metric, addRollups(parts.get(row.metric) ?? noSums, row));
  return parts;
}
