import { z } from 'zod';
import { Id, IdParams, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import {
  ConstitutionalSettings,
  DpoSettings,
  PpoSettings,
  RewardSettings,
  SftSettings,
} from '../trainer/hyperparameters.ts';
import { RunFailureCode } from '../trainer/run-event.ts';
import { BaseModel } from '../trainer/run-spec.ts';
import { JobEvent, JobStatus } from './job-event.ts';
import { Recipe, RewardHyperparameters } from './learn.ts';

/** `local` trains Attune's linear reward model in the server, `custom` a PyTorch recipe of the trainer. */
export const JobProvider = z.enum(['local', 'custom']);
export type JobProvider = z.infer<typeof JobProvider>;
/** Recipes of the linear reward model, then those of the trainer. */
export const JobRecipe = z.enum([...Recipe.options, 'reward', 'sft', 'dpo', 'ppo', 'constitutional']);
export type JobRecipe = z.infer<typeof JobRecipe>;
/** `worker`: a thread of the server. `local`: a process beside it. `ray`: a job on a Ray cluster, telling over HTTP. */
export const JobRunner = z.enum(['worker', 'local', 'ray']);
export type JobRunner = z.infer<typeof JobRunner>;

/** Why a job failed: what its trainer said, or what stopped it. */
export const JobFailureCode = z.enum([
  ...RunFailureCode.options,
  'artifact_damaged',
  'time_limit',
  'budget_exceeded',
]);
export type JobFailureCode = z.infer<typeof JobFailureCode>;

const RunResources = z.object({
  at: Timestamp,
  /** Cores in use. */
  cpu_share: z.number(),
  memory_bytes: z.number(),
  gpu_share: z.number().nullable(),
  gpu_memory_bytes: z.number().nullable(),
});

/** Has people judge, blind, what a policy writes beside what it wrote before training. */
export const JudgeSamples = z.object({
  /** A judging project; null makes one, whose judges a curator chooses. */
  project: Id.nullable().default(null),
  /** Most pairs of the run. */
  most: z.number().int().min(1).max(1000).default(100),
});
export type JudgeSamples = z.infer<typeof JudgeSamples>;

export const Job = z.object({
  id: Id,
  dataset_id: Id,
  provider: JobProvider,
  runner: JobRunner,
  recipe: JobRecipe,
  base_model: z.string(),
  revision: z.string().nullable(),
  model_name: z.string(),
  status: JobStatus,
  hyperparameters: z.union([
    RewardHyperparameters,
    RewardSettings,
    SftSettings,
    DpoSettings,
    PpoSettings,
    ConstitutionalSettings,
  ]),
  /** What a run reports at its end. */
  training_metrics: z.record(z.string(), z.unknown()).nullable(),
  resulting_model_id: z.string().nullable(),
  /** Share of the work done. */
  progress: Share,
  stage: z.string().nullable(),
  seconds_left: z.number().nullable(),
  /** The newest value of each measurement, while it runs and after. */
  latest_metrics: z.record(z.string(), z.number()),
  latest_step: z.number().int().nullable(),
  /** Step of the newest checkpoint; resuming goes on from there. */
  checkpoint_step: z.number().int().nullable(),
  resources: RunResources.nullable(),
  /** Most hours it may run, all attempts together. */
  max_hours: z.number().nullable(),
  cost_estimate: z.number().nullable(),
  actual_cost: z.number().nullable(),
  started_at: Timestamp.nullable(),
  completed_at: Timestamp.nullable(),
  failure_code: JobFailureCode.nullable(),
  error_message: z.string().nullable(),
  judge_samples: JudgeSamples.nullable(),
  created_by: z.string().nullable(),
  created_at: Timestamp,
});
export type Job = z.infer<typeof Job>;

const ModelName = z.string().min(1).max(200);

const linear = {
  provider: z.literal('local').optional(),
  model_name: ModelName.default('reward'),
  hyperparameters: RewardHyperparameters.prefault({}),
};

const trained = {
  provider: z.literal('custom'),
  runner: z.enum(['local', 'ray']).default('local'),
  /** A folder, an id on the hub, or a model that a run here made, as `stories@1.0.0`. */
  base_model: BaseModel,
  revision: z.string().max(200).nullable().default(null),
  model_name: ModelName,
  max_hours: z.number().positive().max(8760).default(24),
};

const policy = { ...trained, judge_samples: JudgeSamples.nullable().default(null) };

const recipes = {
  reward: z.object({ ...trained, recipe: z.literal('reward'), hyperparameters: RewardSettings.prefault({}) }),
  sft: z.object({ ...policy, recipe: z.literal('sft'), hyperparameters: SftSettings.prefault({}) }),
  dpo: z.object({ ...policy, recipe: z.literal('dpo'), hyperparameters: DpoSettings.prefault({}) }),
  ppo: z.object({ ...policy, recipe: z.literal('ppo'), hyperparameters: PpoSettings }),
  constitutional: z.object({
    ...trained,
    recipe: z.literal('constitutional'),
    /** Brings the preferences into review as soon as they are there. */
    import_preferences: z.boolean().default(false),
    hyperparameters: ConstitutionalSettings,
  }),
};

/** What to train, on data that are yet to come; every recipe that makes a model. */
export const Training = z.discriminatedUnion('provider', [
  z.object(linear),
  z.discriminatedUnion('recipe', [recipes.reward, recipes.sft, recipes.dpo, recipes.ppo]),
]);
export type Training = z.infer<typeof Training>;

/** Id or name of the data set. */
const onData = { dataset: ShortText };

const LinearJob = z.object({ ...linear, ...onData });

/** A run of the trainer; the recipe says which hyperparameters there are. */
export const CustomJob = z.discriminatedUnion('recipe', [
  recipes.reward.extend(onData),
  recipes.sft.extend(onData),
  recipes.dpo.extend(onData),
  recipes.ppo.extend(onData),
  recipes.constitutional.extend(onData),
]);
export type CustomJob = z.output<typeof CustomJob>;

export const createJob = endpoint({
  id: 'createJob',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs',
  summary:
    'Train on a frozen data set: a linear reward model, or with `provider: custom` a recipe of the trainer',
  role: 'trainer',
  body: z.discriminatedUnion('provider', [LinearJob, CustomJob], {
    error: ({ code }) =>
      code === 'invalid_union' ? `there are ${JobProvider.options.join(' and ')}` : undefined,
  }),
  response: Job,
  status: 202,
  errors: [
    'dataset_not_found',
    'dataset_not_ready',
    'dataset_damaged',
    'artifact_not_found',
    'overloaded',
    'model_not_found',
    'trainer_missing',
    'cluster_missing',
    'budget_exceeded',
    'judging_project_not_found',
  ],
});

export const listJobs = endpoint({
  id: 'listJobs',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs',
  summary: 'Training jobs, newest first',
  role: 'viewer',
  query: PageQuery.extend({
    status: JobStatus.optional(),
    provider: JobProvider.optional(),
    recipe: JobRecipe.optional(),
  }),
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

/** A measurement over a run; of many steps evenly spread ones, always the last. */
const JobSeries = z.object({ name: z.string(), steps: z.array(z.number()), values: z.array(z.number()) });

export const jobMetrics = endpoint({
  id: 'jobMetrics',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/metrics',
  summary: 'Every measurement of a run as a series, to draw it or to compare runs',
  role: 'viewer',
  params: IdParams,
  query: z.object({ points: z.coerce.number().int().min(2).max(10_000).default(1000) }),
  response: z.object({ series: z.array(JobSeries) }),
  errors: ['job_not_found'],
});

export const jobLog = endpoint({
  id: 'jobLog',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/log',
  summary: 'What the process of a run printed; the end of it where it is long',
  role: 'trainer',
  params: IdParams,
  response: z.object({ text: z.string(), bytes: z.number().int(), complete: z.boolean() }),
  errors: ['job_not_found'],
});

export const cancelJob = endpoint({
  id: 'cancelJob',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/cancel',
  summary: 'Stop a job within seconds; its checkpoint stays',
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
  summary:
    'Run a job that failed, was lost or cancelled again; a run of the trainer goes on from its checkpoint',
  role: 'trainer',
  params: IdParams,
  response: Job,
  status: 202,
  errors: ['job_not_found', 'job_not_running', 'trainer_missing', 'budget_exceeded'],
});

export const JobArtifact = z.object({
  name: z.string(),
  kind: z.enum(['model', 'adapter', 'onnx', 'scorer', 'report', 'plot', 'data']),
  sha256: z.string(),
  bytes: z.number().int(),
});
export type JobArtifact = z.infer<typeof JobArtifact>;

export const jobArtifacts = endpoint({
  id: 'jobArtifacts',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/artifacts',
  summary: 'What a run of the trainer made, file by file',
  role: 'viewer',
  params: IdParams,
  response: z.object({ items: z.array(JobArtifact) }),
  errors: ['job_not_found'],
});

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const downloadJobArtifact = endpoint({
  id: 'downloadJobArtifact',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/artifacts/:sha256',
  summary: 'One file that a run made',
  role: 'trainer',
  params: IdParams.extend({ sha256: Sha256 }),
  response: z.string(),
  answers: 'bytes',
  errors: ['job_not_found', 'artifact_not_found'],
});
