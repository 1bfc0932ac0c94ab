import { z } from 'zod';
import { EstimateSchema, Share, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { OutcomeKind } from './outcomes.ts';

/** What can be drawn over time. Imported histories count nowhere. */
export const SeriesMetric = z.enum([
  /** Answers delivered. */
  'answers',
  /** Feedback of any kind by people. */
  'feedback',
  /** Share of reactions that are positive: four stars or more, thumbs up. */
  'satisfaction',
  'rating',
  /** Share of answers that somebody reacted to. */
  'coverage',
  'corrections',
  'safety_reports',
  'latency_p50',
  'latency_p95',
  'error_rate',
  /** Share of answers that were given without a part that should have taken part. */
  'degraded',
  /** Tokens of all candidates of an answer. */
  'tokens',
  'reward',
  /** Share of answers whose reward reaches the threshold. */
  'over_threshold',
  /** Stability index of the rewards against the model's first week. */
  'reward_drift',
  /** Correlation of the reward with the logarithm of the answer's length. */
  'length_correlation',
  /** Chance that an answer people liked has a higher reward than one they did not. */
  'label_accuracy',
  /** Blind votes. */
  'judgements',
  /** Decisions in the review queue that stand; a bulk decision is one. */
  'reviews',
  /** Of runs that ended: their sum. */
  'training_cost',
  'training_hours',
  ...OutcomeKind.options,
]);
export type SeriesMetric = z.infer<typeof SeriesMetric>;

export const SeriesUnit = z.enum([
  'count',
  'share',
  'stars',
  'milliseconds',
  'seconds',
  'tokens',
  'reward',
  'index',
  'correlation',
  'money',
  'hours',
]);
export type SeriesUnit = z.infer<typeof SeriesUnit>;

export const SeriesStep = z.enum(['hour', 'day', 'week']);
export type SeriesStep = z.infer<typeof SeriesStep>;

export const SeriesGroup = z.enum(['reward_model', 'policy', 'script']);
export type SeriesGroup = z.infer<typeof SeriesGroup>;

const SeriesPoint = EstimateSchema.extend({ at: Timestamp });

/** The points of one segment; steps without anything are missing, and values of too few observations are null. */
export const SeriesLine = z.object({
  /** Null for all together, and for answers without a model or clear script. */
  segment: z.string().nullable(),
  points: z.array(SeriesPoint),
  /** All of the range. */
  whole: EstimateSchema,
});
export type SeriesLine = z.infer<typeof SeriesLine>;

export const Series = z.object({
  metric: SeriesMetric,
  unit: SeriesUnit,
  step: SeriesStep,
  /** The range, widened to whole steps in UTC. */
  from: Timestamp,
  to: Timestamp,
  /** Fewest observations that a value is said of. */
  least_n: z.number().int(),
  /** The eight with the most observations. */
  lines: z.array(SeriesLine),
  /** Segments beyond these. */
  left_out: z.number().int(),
  /** All segments over as long a time before. */
  before: EstimateSchema,
  /** The list that has the rows behind a point, with `after` and `before` set to its step; null where none does. */
  rows: z.enum(['answers', 'feedback', 'outcomes']).nullable(),
  /** Some of the range changed and is being summed again. */
  catching_up: z.boolean(),
});
export type Series = z.infer<typeof Series>;

/** Which answers count; empty for those without one. */
const segments = {
  reward_model: z.string().max(500).optional(),
  policy: z.string().max(500).optional(),
  script: z.string().max(50).optional(),
};

export const dashboardSeries = endpoint({
  id: 'dashboardSeries',
  room: 'watch',
  method: 'get',
  path: '/api/dashboards/series',
  summary: 'A metric over time with intervals, all together or by segment; at most four hundred days',
  role: 'viewer',
  query: z.object({
    metric: SeriesMetric,
    /** Four weeks before `to` unless given. */
    from: Timestamp.optional(),
    /** Now unless given. */
    to: Timestamp.optional(),
    /** Coarser where that would make more than 800 points. */
    step: z.enum(['auto', ...SeriesStep.options]).default('auto'),
    by: SeriesGroup.optional(),
    ...segments,
    /** Of `over_threshold`. */
    threshold: z.coerce.number().pipe(Share).default(0.6),
  }),
  response: Series,
  errors: ['invalid_request'],
});

/** What is kept as a histogram. */
export const DistributionMetric = z.enum(['reward', 'rating', 'latency']);
export type DistributionMetric = z.infer<typeof DistributionMetric>;

export const Distribution = z.object({
  metric: DistributionMetric,
  unit: SeriesUnit,
  from: Timestamp,
  to: Timestamp,
  /** What it is compared with: the first week of the reward model (or of each), or as long a time before. */
  reference: z.enum(['first_week', 'before']),
  n: z.number().int(),
  reference_n: z.number().int(),
  /** From the lower edge to the upper one, which belongs to the next. */
  buckets: z.array(
    z.object({ from: z.number(), to: z.number(), n: z.number().int(), reference_n: z.number().int() }),
  ),
  /** Stability index, less what chance gives. */
  shift: EstimateSchema,
  /** Kolmogorov and Smirnov's distance over the buckets; its p-value is cautious. Null with fewer than 100 on a side. */
  distance: z.object({ value: z.number(), p_value: z.number() }).nullable(),
});
export type Distribution = z.infer<typeof Distribution>;

export const dashboardDistribution = endpoint({
  id: 'dashboardDistribution',
  room: 'watch',
  method: 'get',
  path: '/api/dashboards/distribution',
  summary: 'How rewards, ratings or times to answer are spread, beside what they are compared with',
  role: 'viewer',
  query: z.object({
    metric: DistributionMetric,
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    ...segments,
  }),
  response: Distribution,
  errors: ['invalid_request'],
});

/** The segments that a range has, those with the most answers first. */
export const DashboardSegments = z.object({
  reward_model: z.array(z.string()),
  policy: z.array(z.string()),
  script: z.array(z.string()),
});
export type DashboardSegments = z.infer<typeof DashboardSegments>;

export const dashboardSegments = endpoint({
  id: 'dashboardSegments',
  room: 'watch',
  method: 'get',
  path: '/api/dashboards/segments',
  summary: 'Reward models, policies and writing systems that had answers in the last 400 days',
  role: 'viewer',
  response: DashboardSegments,
  errors: [],
});
