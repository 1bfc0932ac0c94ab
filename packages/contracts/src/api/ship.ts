import { z } from 'zod';
import { Id, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const ModelKind = z.enum(['reward', 'policy', 'safety']);
export type ModelKind = z.infer<typeof ModelKind>;
export const ModelStatus = z.enum(['testing', 'deployed', 'deprecated', 'archived']);
export type ModelStatus = z.infer<typeof ModelStatus>;

/** Why a model may not deserve trust, from measurements on queries it never saw. */
export const ModelDoubt = z.enum(['worse_than_chance', 'not_better_than_chance', 'not_better_than_length']);
export type ModelDoubt = z.infer<typeof ModelDoubt>;

export const Model = z.object({
  id: Id,
  name: z.string(),
  /** `name@version`, unique in the organisation. */
  model_id: z.string(),
  base_model: z.string(),
  fine_tuning_job_id: Id.nullable(),
  dataset_id: Id.nullable(),
  version: z.string(),
  kind: ModelKind,
  status: ModelStatus,
  /** The model card: data hash, features, metrics with intervals beside the baselines, calibration. */
  card: z.record(z.string(), z.unknown()),
  performance_metrics: z.record(z.string(), z.unknown()),
  doubts: z.array(ModelDoubt),
  artifact_sha256: z.string().nullable(),
  artifact_bytes: z.number().int().nullable(),
  created_at: Timestamp,
  deployed_at: Timestamp.nullable(),
});
export type Model = z.infer<typeof Model>;

const ModelParams = z.object({ id: ShortText });

export const RampStep = z.object({
  share: Share,
  /** Seconds to hold the step before the next. */
  hold_seconds: z.number().min(0).max(31_536_000),
  /** Answers by the new model before the next step; statistics look at the newest 20,000. */
  minimum_samples: z.number().int().min(0).max(20_000),
});
export type RampStep = z.infer<typeof RampStep>;

export const RampState = z.enum(['ramping', 'complete', 'rolled_back', 'superseded']);
export type RampState = z.infer<typeof RampState>;

export const Ramp = z.object({
  id: Id,
  model_id: z.string(),
  /** The incumbent that gets the rest of the traffic; null when there was none. */
  previous_model_id: z.string().nullable(),
  state: RampState,
  steps: z.array(RampStep),
  step: z.number().int(),
  share: Share,
  reason: z.string().nullable(),
  step_started_at: Timestamp,
  created_at: Timestamp,
  ended_at: Timestamp.nullable(),
});
export type Ramp = z.infer<typeof Ramp>;

export const defaultRampSteps: RampStep[] = [
  { share: 0.1, hold_seconds: 3600, minimum_samples: 100 },
  { share: 0.5, hold_seconds: 3600, minimum_samples: 500 },
  { share: 1, hold_seconds: 0, minimum_samples: 0 },
];

export const listModels = endpoint({
  id: 'listModels',
  room: 'ship',
  method: 'get',
  path: '/api/models',
  summary: 'The registry: trained models, newest first',
  role: 'viewer',
  query: PageQuery.extend({
    kind: ModelKind.optional(),
    status: ModelStatus.optional(),
    name: ShortText.optional(),
  }),
  response: pageOf(Model),
  errors: ['invalid_cursor'],
});

export const getModel = endpoint({
  id: 'getModel',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id',
  summary: 'One model by id, `name@version` or name (its newest version), with its card',
  role: 'viewer',
  params: ModelParams,
  response: Model,
  errors: ['model_not_found'],
});

export const deployModel = endpoint({
  id: 'deployModel',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/deploy',
  summary: 'Give a model traffic, in steps (10, 50, 100 % unless said)',
  role: 'trainer',
  params: ModelParams,
  body: z.object({
    steps: z.array(RampStep).min(1).max(20).optional(),
    /** Go to 100 % at once. */
    full: z.boolean().default(false),
    /** Deploy a model that was measured to be worse than chance. */
    force: z.boolean().default(false),
  }),
  response: Ramp,
  errors: ['model_not_found', 'model_not_deployable'],
});

export const advanceRamp = endpoint({
  id: 'advanceRamp',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/advance',
  summary: 'Go to the next step of the ramp now',
  role: 'trainer',
  params: ModelParams,
  response: Ramp,
  errors: ['model_not_found', 'nothing_to_roll_back'],
});

export const rollbackModel = endpoint({
  id: 'rollbackModel',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/rollback',
  summary: 'Send all traffic back to the model before, on every replica within 5 seconds',
  role: 'trainer',
  params: ModelParams,
  body: z.object({ reason: z.string().max(1000).default('by hand') }),
  response: Ramp,
  errors: ['model_not_found', 'nothing_to_roll_back'],
});

export const archiveModel = endpoint({
  id: 'archiveModel',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/archive',
  summary: 'Archive a model that takes no traffic',
  role: 'trainer',
  params: ModelParams,
  response: Model,
  errors: ['model_not_found', 'model_not_deployable'],
});

export const listRamps = endpoint({
  id: 'listRamps',
  room: 'ship',
  method: 'get',
  path: '/api/ramps',
  summary: 'Deployments, newest first; the first one is in force',
  role: 'viewer',
  query: PageQuery,
  response: pageOf(Ramp),
  errors: ['invalid_cursor'],
});

export const LineageKind = z.enum([
  'answer',
  'feedback',
  'judgement',
  'pair',
  'dataset',
  'export',
  'job',
  'model',
]);
export type LineageKind = z.infer<typeof LineageKind>;

export const LineageNode = z.object({
  kind: LineageKind,
  id: z.string(),
  /** Its name, or the question that it is about. */
  label: z.string(),
  /** Of feedback its type and stars, of a pair its method, of a vote who cast it, of a job or a model its status. */
  facts: z.array(z.string()),
});
export type LineageNode = z.infer<typeof LineageNode>;

export const Lineage = z.object({
  node: LineageNode,
  /** What it was made from, nearest first; long lists are cut at 100 and counted. */
  upstream: z.array(LineageNode),
  /** What was made from it. */
  downstream: z.array(LineageNode),
  /** How many there are of each kind either way; answers that a model scored are only counted. */
  upstream_counts: z.partialRecord(LineageKind, z.number().int()),
  downstream_counts: z.partialRecord(LineageKind, z.number().int()),
});
export type Lineage = z.infer<typeof Lineage>;

export const getLineage = endpoint({
  id: 'getLineage',
  room: 'ship',
  method: 'get',
  path: '/api/lineage/:kind/:id',
  summary: 'What something was made from, and what was made from it',
  role: 'viewer',
  params: z.object({ kind: LineageKind, id: ShortText }),
  response: Lineage,
  errors: ['lineage_not_found'],
});
