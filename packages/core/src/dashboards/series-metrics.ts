import type { OutcomeKind, SeriesMetric, SeriesUnit } from '@attune/contracts';
import { type Estimate, momentsInterval, wilson } from '../interval.ts';
import { histogramArea } from './histogram-area.ts';
import { countFrom, histogramQuantile } from './histogram-quantile.ts';
import { histogramScales } from './histogram-scale.ts';
import { histogramShift } from './histogram-shift.ts';
import { momentsOfSums, noSums, type RollupSums } from './rollup-sums.ts';
import { sumsCorrelation } from './sums-correlation.ts';

/** What is summed by hour; every metric over time is made of one or some of these. */
export type RollupMetric =
  | 'answers'
  | 'coverage'
  | 'errors'
  | 'degraded'
  | 'latency'
  | 'tokens'
  | 'reward'
  | 'log_length'
  | 'reward_by_log_length'
  | 'feedback'
  | 'satisfaction'
  | 'rating'
  | 'corrections'
  | 'safety_reports'
  | 'reward_of_liked'
  | 'reward_of_disliked'
  | 'judgements'
  | 'reviews'
  | 'training_cost'
  | 'training_hours'
  | OutcomeKind;

/** What an estimate is made of. */
export interface SeriesInput {
  readonly sums: (metric: RollupMetric) => RollupSums;
  /** Rewards from here on count as good enough. */
  readonly threshold: number;
  /** Histogram of rewards that drift is told from. */
  readonly reference: readonly number[] | null;
}

export interface SeriesDefinition {
  readonly made_of: readonly [RollupMetric, ...RollupMetric[]];
  readonly unit: SeriesUnit;
  /** Fewest observations that a value is said of. */
  readonly least_n: number;
  /** Where the rows behind it are. */
  readonly rows: 'answers' | 'feedback' | 'outcomes' | null;
  readonly estimate: (input: SeriesInput) => Estimate;
}

type Rows = SeriesDefinition['rows'];
const FEW = 5;
/** What is counted or added up is no sample: it has no interval. */
const exactly = (value: number, n: number): Estimate => ({ value, ci: [-Infinity, Infinity], n });

const countOf = (metric: RollupMetric, rows: Rows): SeriesDefinition => ({
  made_of: [metric],
  unit: 'count',
  least_n: 0,
  rows,
  estimate: ({ sums }) => exactly(sums(metric).n, sums(metric).n),
});

const sumOf = (metric: RollupMetric, unit: SeriesUnit): SeriesDefinition => ({
  made_of: [metric],
  unit,
  least_n: 1,
  rows: null,
  estimate: ({ sums }) => exactly(sums(metric).total, sums(metric).n),
});

const shareOf = (metric: RollupMetric, rows: Rows): SeriesDefinition => ({
  made_of: [metric],
  unit: 'share',
  least_n: FEW,
  rows,
  estimate: ({ sums }) => wilson(sums(metric).total, sums(metric).n),
});

const meanOf = (metric: RollupMetric, unit: SeriesUnit, rows: Rows): SeriesDefinition => ({
  made_of: [metric],
  unit,
  least_n: FEW,
  rows,
  estimate: ({ sums }) => momentsInterval(momentsOfSums(sums(metric))),
});

const latencyAt = (p: number, least_n: number): SeriesDefinition => ({
  made_of: ['latency'],
  unit: 'milliseconds',
  least_n,
  rows: 'answers',
  estimate: ({ sums }) => histogramQuantile(histogramScales.latency, sums('latency').buckets ?? [], p),
});

/** How each metric over time is made. */
export const seriesMetrics: Readonly<Record<SeriesMetric, SeriesDefinition>> = {
  answers: countOf('answers', 'answers'),
  feedback: countOf('feedback', 'feedback'),
  satisfaction: shareOf('satisfaction', 'feedback'),
  rating: meanOf('rating', 'stars', 'feedback'),
  coverage: shareOf('coverage', 'answers'),
  corrections: shareOf('corrections', 'feedback'),
  safety_reports: shareOf('safety_reports', 'feedback'),
  latency_p50: latencyAt(0.5, FEW),
  latency_p95: latencyAt(0.95, 20),
  error_rate: shareOf('errors', 'answers'),
  degraded: shareOf('degraded', 'answers'),
  tokens: meanOf('tokens', 'tokens', 'answers'),
  reward: meanOf('reward', 'reward', 'answers'),
  over_threshold: {
    ...shareOf('reward', 'answers'),
    estimate: ({ sums, threshold }) => {
      const { n, buckets } = sums('reward');
      return wilson(countFrom(histogramScales.reward, buckets ?? [], threshold), n);
    },
  },
  reward_drift: {
    made_of: ['reward'],
    unit: 'index',
    least_n: 100,
    rows: 'answers',
    estimate: ({ sums, reference }) => histogramShift(reference ?? [], sums('reward').buckets ?? []),
  },
  length_correlation: {
    made_of: ['reward', 'log_length', 'reward_by_log_length'],
    unit: 'correlation',
    least_n: 30,
    rows: 'answers',
    estimate: ({ sums }) => sumsCorrelation(sums('reward'), sums('log_length'), sums('reward_by_log_length')),
  },
  label_accuracy: {
    made_of: ['reward_of_liked', 'reward_of_disliked'],
    unit: 'share',
    least_n: 30,
    rows: 'feedback',
    estimate: ({ sums }) =>
      histogramArea(sums('reward_of_liked').buckets ?? [], sums('reward_of_disliked').buckets ?? []),
  },
  judgements: countOf('judgements', null),
  reviews: countOf('reviews', null),
  training_cost: sumOf('training_cost', 'money'),
  training_hours: sumOf('training_hours', 'hours'),
  ticket_deflected: shareOf('ticket_deflected', 'outcomes'),
  adopted: shareOf('adopted', 'outcomes'),
  converted: shareOf('converted', 'outcomes'),
  return_visit: shareOf('return_visit', 'outcomes'),
  resolution_seconds: meanOf('resolution_seconds', 'seconds', 'outcomes'),
  cost: meanOf('cost', 'money', 'outcomes'),
};

/** The estimate of a metric; of too few observations only their number is said. */
export function seriesEstimate(
  metric: SeriesMetric,
  parts: ReadonlyMap<RollupMetric, RollupSums>,
  options: Omit<SeriesInput, 'sums'>,
): Estimate {
  const { estimate, least_n } = seriesMetrics[metric];
  const found = estimate({ ...options, sums: (part) => parts.get(part) ?? noSums });
  return found.n < least_n ? { value: Number.NaN, ci: [-Infinity, Infinity], n: found.n } : found;
}
