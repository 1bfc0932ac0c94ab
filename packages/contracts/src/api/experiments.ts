import { z } from 'zod';
import {
  EstimateSchema,
  Id,
  IdParams,
  PageQuery,
  PlainText,
  pageOf,
  Share,
  ShortText,
  Timestamp,
} from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const ExperimentStatus = z.enum(['draft', 'running', 'paused', 'completed', 'cancelled']);
export type ExperimentStatus = z.infer<typeof ExperimentStatus>;

/** What the row of an answer, and of feedback on it, says of the experiment that it counts for. */
export const ExperimentExposure = z.object({
  id: Id,
  arm: z.enum(['control', 'treatment']),
  /** The user or session by which the arm was assigned. */
  unit: z.string(),
  /** Writing system of the question; null when it is not clear. */
  script: z.string().nullable(),
  question_length: z.enum(['short', 'medium', 'long']),
});
export type ExperimentExposure = z.infer<typeof ExperimentExposure>;

export const ArmName = z.enum(['control', 'treatment']);
export const ExperimentMetric = z.enum(['satisfaction', 'rating', 'safety_reports', 'latency', 'error_rate']);
export type ExperimentMetric = z.infer<typeof ExperimentMetric>;

/** What must be so for the treatment to count as a success. */
export const Criterion = z.object({
  metric: ExperimentMetric,
  /** Difference to the control relative to it (0.05 is 5 % more) or in the metric's unit; or the treatment's own count. */
  measure: z.enum(['relative', 'difference', 'count']),
  bound: z.enum(['above', 'below', 'at_most']),
  value: z.number(),
});
export type Criterion = z.infer<typeof Criterion>;

/** An arm's value of a metric, and how many users it rests on. */
const ArmValue = z.object({ value: z.number().nullable(), n: z.number().int(), users: z.number().int() });

export const MetricResult = z.object({
  metric: ExperimentMetric,
  control: ArmValue,
  treatment: ArmValue,
  /** Treatment less control, with an interval that is valid however often one looks; users are the independent units. */
  difference: EstimateSchema,
  /** The same relative to the control. */
  relative: EstimateSchema,
  /** Valid at any time; null where nothing is compared. */
  p_value: z.number().nullable(),
  /** Adjusted for the number of metrics (Benjamini–Hochberg). */
  q_value: z.number().nullable(),
  /** Share of the variance that what users did before the experiment explains (CUPED). */
  variance_removed: Share,
});
export type MetricResult = z.infer<typeof MetricResult>;

export const SegmentResult = z.object({
  /** What questions are divided by (their writing system, their length), and the part. */
  segment: z.enum(['script', 'question_length']),
  part: z.string(),
  satisfaction: EstimateSchema,
  control: ArmValue,
  treatment: ArmValue,
  p_value: z.number().nullable(),
  /** Adjusted for the number of segments. */
  q_value: z.number().nullable(),
});
export type SegmentResult = z.infer<typeof SegmentResult>;

export const Recommendation = z.object({
  verdict: z.enum(['deploy', 'keep', 'go_on', 'stop', 'not_enough_data', 'blocked']),
  reason: z.enum([
    'all_criteria_hold',
    'a_criterion_fails',
    'criteria_open',
    'metric_worse',
    'too_few_users',
    'too_little_feedback',
    'sample_ratio_mismatch',
  ]),
  metric: ExperimentMetric.nullable(),
  days_left: z.number().nullable(),
});

export const ExperimentResults = z.object({
  at: Timestamp,
  /** Users (or sessions) who met a difference so far, and feedback on answers that they got. */
  users: z.object({ control: z.number().int(), treatment: z.number().int() }),
  /** Whether the arms fill as planned; below 0.001 nothing else is to be believed. */
  sample_ratio_p_value: z.number(),
  metrics: z.array(MetricResult),
  segments: z.array(SegmentResult),
  criteria: z.array(Criterion.extend({ state: z.enum(['holds', 'fails', 'open']), seen: EstimateSchema })),
  /** Smallest difference in satisfaction that the data so far would have found four times in five; null while unknown. */
  minimum_detectable_effect: z.number().nullable(),
  recommendation: Recommendation,
});
export type ExperimentResults = z.infer<typeof ExperimentResults>;

export const Experiment = z.object({
  id: Id,
  name: z.string(),
  control_model_id: z.string(),
  treatment_model_id: z.string(),
  /** Share of those who take part that get the treatment. */
  traffic_split: Share,
  /** Share of all users who take part. */
  traffic: Share,
  unit: z.enum(['user', 'session']),
  status: ExperimentStatus,
  start_date: Timestamp.nullable(),
  /** When it ends by itself, or ended. */
  end_date: Timestamp.nullable(),
  success_metrics: z.array(Criterion),
  /** Users or sessions sent to an arm by hand; what they do does not count. */
  forced: z.record(z.string(), ArmName),
  /** Reactions after which the interval of a difference is tightest; fixed at the start. */
  expected_reactions: z.number().int(),
  results: ExperimentResults.nullable(),
  winner: z.enum(['control', 'treatment', 'inconclusive']).nullable(),
  reason: z.string().nullable(),
  created_at: Timestamp,
});
export type Experiment = z.infer<typeof Experiment>;

export const startExperiment = endpoint({
  id: 'startExperiment',
  room: 'ship',
  method: 'post',
  path: '/api/models/ab-test',
  summary: 'Compare two reward models on live traffic; each user meets one of them',
  role: 'trainer',
  body: z.object({
    name: PlainText.min(1).max(200),
    control_model_id: ShortText,
    /** May be the control itself: then nothing should differ (A/A). */
    treatment_model_id: ShortText,
    traffic_split: z.number().min(0.01).max(0.99).default(0.5),
    traffic: z.number().min(0.01).max(1).default(1),
    unit: z.enum(['user', 'session']).default('user'),
    days: z.number().min(1).max(365).default(28),
    success_metrics: z.array(Criterion).min(1).max(10).optional(),
    expected_reactions: z.number().int().min(100).max(10_000_000).default(2000),
    /** Leave it as a draft, to be started by `resume`. */
    draft: z.boolean().default(false),
  }),
  status: 201,
  response: Experiment,
  errors: ['model_not_found', 'model_not_deployable', 'no_traffic_left', 'ramp_under_way'],
});

export const listExperiments = endpoint({
  id: 'listExperiments',
  room: 'ship',
  method: 'get',
  path: '/api/experiments',
  summary: 'Experiments, newest first',
  role: 'viewer',
  query: PageQuery.extend({ status: ExperimentStatus.optional() }),
  response: pageOf(Experiment),
  errors: ['invalid_cursor'],
});

export const getExperiment = endpoint({
  id: 'getExperiment',
  room: 'ship',
  method: 'get',
  path: '/api/experiments/:id',
  summary: 'One experiment with its newest results',
  role: 'viewer',
  params: IdParams,
  response: Experiment,
  errors: ['experiment_not_found'],
});

/** The interval of one metric at one look. */
export const ExperimentLook = z.object({
  at: Timestamp,
  metric: ExperimentMetric,
  difference: EstimateSchema,
});
export type ExperimentLook = z.infer<typeof ExperimentLook>;

export const experimentHistory = endpoint({
  id: 'experimentHistory',
  room: 'ship',
  method: 'get',
  path: '/api/experiments/:id/looks',
  summary: 'The intervals of an experiment over time, oldest first; at most 2,000 looks',
  role: 'viewer',
  params: IdParams,
  response: z.object({ items: z.array(ExperimentLook) }),
  errors: ['experiment_not_found'],
});

const act = <const Id extends string, const Path extends string>(id: Id, path: Path, summary: string) =>
  endpoint({
    id,
    room: 'ship',
    method: 'post',
    path: `/api/experiments/:id/${path}`,
    summary,
    role: 'trainer',
    params: IdParams,
    response: Experiment,
    errors: ['experiment_not_found', 'experiment_state', 'no_traffic_left', 'ramp_under_way'],
  });

export const pauseExperiment = act(
  'pauseExperiment',
  'pause',
  'Give everybody the live model again; nothing counts meanwhile',
);
export const resumeExperiment = act(
  'resumeExperiment',
  'resume',
  'Start a draft, or go on after a pause; everybody keeps their arm',
);

export const endExperiment = endpoint({
  id: 'endExperiment',
  room: 'ship',
  method: 'post',
  path: '/api/experiments/:id/end',
  summary: 'End it with what is known',
  role: 'trainer',
  params: IdParams,
  body: z.object({
    /** Left out: as the results recommend. */
    winner: z.enum(['control', 'treatment', 'inconclusive']).optional(),
    reason: z.string().max(1000).default('by hand'),
  }),
  response: Experiment,
  errors: ['experiment_not_found', 'experiment_state'],
});

export const extendExperiment = endpoint({
  id: 'extendExperiment',
  room: 'ship',
  method: 'post',
  path: '/api/experiments/:id/extend',
  summary: 'Let it run longer',
  role: 'trainer',
  params: IdParams,
  body: z.object({ days: z.number().min(1).max(365) }),
  response: Experiment,
  errors: ['experiment_not_found', 'experiment_state'],
});

export const promoteExperiment = endpoint({
  id: 'promoteExperiment',
  room: 'ship',
  method: 'post',
  path: '/api/experiments/:id/promote',
  summary: 'End it and give the treatment all traffic',
  role: 'trainer',
  params: IdParams,
  body: z.object({
    /** Promote although the results do not recommend it; and although gates refuse it: admins only, with a reason. */
    force: z.boolean().default(false),
    /** Why a promotion that gates refuse is right all the same; kept in the audit log. */
    reason: z.string().max(1000).optional(),
  }),
  response: Experiment,
  errors: [
    'experiment_not_found',
    'experiment_state',
    'experiment_undecided',
    'gates_failed',
    'model_not_found',
    'model_not_deployable',
  ],
});

export const forceVariants = endpoint({
  id: 'forceVariants',
  room: 'ship',
  method: 'patch',
  path: '/api/experiments/:id',
  summary: 'Send users or sessions to an arm by hand, to try it',
  role: 'trainer',
  params: IdParams,
  body: z.object({
    forced: z
      .record(z.string().min(1).max(200), ArmName)
      .refine((forced) => Object.keys(forced).length <= 100, 'at most 100'),
  }),
  response: Experiment,
  errors: ['experiment_not_found', 'experiment_state'],
});
