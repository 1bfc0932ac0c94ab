import { z } from 'zod';
import { EstimateSchema, Id, IdParams, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { PairRow, RatingRow } from './collect.ts';

export const JobStatus = z.enum([
  'pending',
  'validating',
  'training',
  'completed',
  'failed',
  'cancelled',
  'lost',
]);
export type JobStatus = z.infer<typeof JobStatus>;
export const Recipe = z.enum(['plain', 'attune']);
export type Recipe = z.infer<typeof Recipe>;
export const EmbedderName = z.enum(['static', 'minilm']);
export type EmbedderName = z.infer<typeof EmbedderName>;

/** Settings of a linear reward model's run. */
export const RewardHyperparameters = z
  .strictObject({
    recipe: Recipe.default('attune'),
    embedder: EmbedderName.default('static'),
    seed: z.number().int().min(0).default(1),
    /** Rewards that do not rise or fall with length over the training answers; Attune's recipe only. */
    length_controlled: z.boolean().default(false),
  })
  .refine(({ recipe, length_controlled }) => recipe === 'attune' || !length_controlled, {
    path: ['length_controlled'],
    message: "Only Attune's recipe can be length-controlled.",
  });
export type RewardHyperparameters = z.infer<typeof RewardHyperparameters>;

/** Measurements of a model on queries it never saw, by name, with intervals. */
export const Metrics = z.object({
  n: z.number().int(),
  queries: z.number().int(),
  accuracy: EstimateSchema.nullable(),
  auc: EstimateSchema.nullable(),
  pair_accuracy: EstimateSchema.nullable(),
  mse: EstimateSchema.nullable(),
  mae: EstimateSchema.nullable(),
  pearson: EstimateSchema.nullable(),
  ece: z.number().nullable(),
  /** Spearman correlation of the reward with the answer's length. */
  length_correlation: z.number().nullable(),
  best_of_n: z
    .object({
      mean_rating: EstimateSchema,
      random: EstimateSchema,
      oracle: EstimateSchema,
      gap_closed: EstimateSchema,
    })
    .nullable(),
  baselines: z.object({
    majority: z.object({ accuracy: EstimateSchema.nullable() }),
    length: z.object({
      auc: EstimateSchema.nullable(),
      pair_accuracy: EstimateSchema.nullable(),
      best_of_n: EstimateSchema.nullable(),
    }),
  }),
});
export type Metrics = z.infer<typeof Metrics>;

export const Job = z.object({
  id: Id,
  dataset_id: Id,
  provider: z.string(),
  base_model: z.string(),
  status: JobStatus,
  hyperparameters: RewardHyperparameters,
  training_metrics: z.record(z.string(), z.unknown()).nullable(),
  resulting_model_id: z.string().nullable(),
  /** Share of the work done. */
  progress: Share,
  cost_estimate: z.number().nullable(),
  actual_cost: z.number().nullable(),
  started_at: Timestamp.nullable(),
  completed_at: Timestamp.nullable(),
  error_message: z.string().nullable(),
  created_by: z.string().nullable(),
  created_at: Timestamp,
});
export type Job = z.infer<typeof Job>;

/** The event protocol between a run and whoever watches it. */
export const JobEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), at: Timestamp, status: JobStatus }),
  z.object({
    type: z.literal('progress'),
    at: Timestamp,
    stage: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  z.object({
    type: z.literal('metric'),
    at: Timestamp,
    name: z.string(),
    value: z.number(),
    step: z.number(),
  }),
  z.object({ type: z.literal('log'), at: Timestamp, message: z.string() }),
  z.object({ type: z.literal('artifact'), at: Timestamp, sha256: z.string(), bytes: z.number().int() }),
  z.object({ type: z.literal('done'), at: Timestamp, model_id: z.string() }),
  z.object({ type: z.literal('failed'), at: Timestamp, message: z.string() }),
]);
export type JobEvent = z.infer<typeof JobEvent>;

export const createJob = endpoint({
  id: 'createJob',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs',
  summary: 'Train a reward model on a frozen data set',
  role: 'trainer',
  body: z.object({
    /** Id or name of the data set. */
    dataset: ShortText,
    model_name: z.string().min(1).max(200).default('reward'),
    hyperparameters: RewardHyperparameters.prefault({}),
  }),
  response: Job,
  status: 202,
  errors: ['dataset_not_found', 'dataset_not_ready', 'overloaded'],
});

export const listJobs = endpoint({
  id: 'listJobs',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs',
  summary: 'Training jobs, newest first',
  role: 'viewer',
  query: PageQuery.extend({ status: JobStatus.optional() }),
  response: pageOf(Job),
  errors: ['invalid_cursor'],
});

export const getJob = endpoint({
  id: 'getJob',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id',
  summary: 'One training job',
  role: 'viewer',
  params: IdParams,
  response: Job,
  errors: ['job_not_found'],
});

export const watchJob = endpoint({
  id: 'watchJob',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/events',
  summary: 'Events of a job as server-sent events: the past ones first, then live until it ends',
  role: 'viewer',
  params: IdParams,
  response: JobEvent,
  answers: 'sse',
  errors: ['job_not_found'],
});

export const cancelJob = endpoint({
  id: 'cancelJob',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/cancel',
  summary: 'Stop a job within seconds',
  role: 'trainer',
  params: IdParams,
  response: Job,
  errors: ['job_not_found', 'job_not_running'],
});

export const resumeJob = endpoint({
  id: 'resumeJob',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/resume',
  summary: 'Run a job that failed, was lost or cancelled again',
  role: 'trainer',
  params: IdParams,
  response: Job,
  status: 202,
  errors: ['job_not_found', 'job_not_running'],
});

export const Evaluation = z.object({
  id: Id,
  model_id: z.string(),
  /** Hash of the rows it was taken on. */
  data_hash: z.string(),
  /** Rows left out because their query was in the model's training data. */
  excluded_training_queries: z.number().int(),
  metrics: Metrics,
  created_at: Timestamp,
});
export type Evaluation = z.infer<typeof Evaluation>;

export const evaluateModel = endpoint({
  id: 'evaluateModel',
  room: 'learn',
  method: 'post',
  path: '/api/evaluations',
  summary: 'Measure a reward model on ratings or pairs; rows whose query it was trained on are left out',
  role: 'trainer',
  body: z
    .object({
      /** Name or id of the reward model. */
      model: ShortText,
      ratings: z.array(RatingRow).max(100_000).optional(),
      pairs: z.array(PairRow).max(100_000).optional(),
      /** Id or name of a frozen data set, whose validation split is taken. */
      dataset: ShortText.optional(),
    })
    .refine((body) => [body.ratings, body.pairs, body.dataset].filter((x) => x !== undefined).length === 1, {
      message: 'Send exactly one of ratings, pairs and dataset.',
    }),
  response: Evaluation,
  errors: [
    'model_not_found',
    'dataset_not_found',
    'dataset_not_ready',
    'not_enough_data',
    'model_not_deployable',
    'overloaded',
  ],
});
