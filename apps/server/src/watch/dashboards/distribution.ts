import type { Distribution, DistributionMetric, dashboardDistribution, RequestOf } from '@attune/contracts';
import {
  edgeOf,
  histogramScales,
  histogramShift,
  kolmogorovSmirnovOfCounts,
  rangeBefore,
  type SeriesRange,
  seriesMetrics,
  seriesRange,
} from '@attune/core';
import { firstRewards, type RollupFilter, wholeSums } from '../rollups/rollup-store.ts';
import type { Sql } from '../sql.ts';
import { requestedSpan } from './requested-span.ts';
import { together } from './series.ts';
import { shownEstimate } from './shown-estimate.ts';

type Query = RequestOf<typeof dashboardDistribution>['query'];
type Counts = readonly number[];

/** Fewer on a side say too little of a shift. */
const LEAST = 100;
const units = {
  reward: seriesMetrics.reward.unit,
  rating: seriesMetrics.rating.unit,
  latency: seriesMetrics.latency_p50.unit,
} as const;

/**
 * How a metric of an organisation is spread in a range of time, beside what it is compared with.
 * @throws AttuneError `invalid_request` where the range ends before it begins or is too long
 */
export async function distribution(
  db: Sql,
  organization: string,
  query: Query,
  now: Date,
): Promise<Distribution> {
  const { metric, reward_model, policy, script } = query;
  const range = seriesRange(...requestedSpan(query, now), 'auto');
  const filter = { organization, metrics: [metric], segments: { reward_model, policy, script } };
  const [counts, before] = await Promise.all([
    countsOf(db, { ...filter, range }, metric),
    metric === 'reward'
      ? ofFirstWeek(db, organization, reward_model)
      : ofTimeBefore(db, { ...filter, range }, metric),
  ]);
  return {
    ...{ metric, unit: units[metric], from: range.from.toISOString(), to: range.to.toISOString() },
    reference: metric === 'reward' ? 'first_week' : 'before',
    n: total(counts),
    reference_n: total(before),
    buckets: counts.map((n, place) => ({
      from: edgeOf(histogramScales[metric], place),
      to: edgeOf(histogramScales[metric], place + 1),
      n,
      reference_n: before[place] ?? 0,
    })),
    ...comparison(before, counts),
  };
}

function comparison(before: Counts, counts: Counts): Pick<Distribution, 'shift' | 'distance'> {
  if (Math.min(total(before), total(counts)) < LEAST) {
    return { shift: { value: null, ci: [null, null], n: total(counts) }, distance: null };
  }
  const { value, p_value } = kolmogorovSmirnovOfCounts(before, counts);
  return { shift: shownEstimate(histogramShift(before, counts)), distance: { value, p_value } };
}

async function countsOf(db: Sql, filter: RollupFilter, metric: DistributionMetric): Promise<Counts> {
  const none = new Array<number>(histogramScales[metric].buckets).fill(0);
  return (await wholeSums(db, filter)).get(metric)?.buckets ?? none;
}

function ofTimeBefore(
  db: Sql,
  filter: RollupFilter & { readonly range: SeriesRange },
  metric: DistributionMetric,
): Promise<Counts> {
  return countsOf(db, { ...filter, range: rangeBefore(filter.range) }, metric);
}

async function ofFirstWeek(db: Sql, organization: string, rewardModel: string | undefined): Promise<Counts> {
  const first = await firstRewards(db, organization);
  return (rewardModel === undefined ? together([...first.values()]) : first.get(rewardModel)) ?? [];
}

function total(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
