import { z } from 'zod';
import { Id, PageQuery, PlainText, pageOf, ShortText, Timestamp, WrittenText } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Ramp, RampCriterion, RampGuard, RampKind, RampStep } from './ramps.ts';

export const ModelKind = z.enum(['reward', 'policy', 'safety']);
export type ModelKind = z.infer<typeof ModelKind>;
export const ModelStatus = z.enum(['testing', 'deployed', 'deprecated', 'archived']);
export type ModelStatus = z.infer<typeof ModelStatus>;

/** Why a model may not deserve trust, from measurements on queries it never saw. */
export const ModelDoubt = z.enum(['worse_than_chance', 'not_better_than_chance', 'not_better_than_length']);
export type ModelDoubt = z.infer<typeof ModelDoubt>;

/** Where a policy answers: an OpenAI-compatible endpoint. */
export const PolicyEndpoint = z.object({
  /** Base URL up to and including the version, as `http://127.0.0.1:8000/v1`. */
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** The name by which the endpoint knows it. */
  model: WrittenText(500),
  /** Whether a key is kept for it; the key itself is never shown. */
  has_key: z.boolean(),
});
export type PolicyEndpoint = z.infer<typeof PolicyEndpoint>;

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
  /** Words to find it by, as people set them. */
  tags: z.array(z.string()),
  artifact_sha256: z.string().nullable(),
  artifact_bytes: z.number().int().nullable(),
  created_at: Timestamp,
  deployed_at: Timestamp.nullable(),
  /** Where a policy answers; null where nobody said, and for what answers nothing. */
  endpoint: PolicyEndpoint.nullable(),
});
export type Model = z.infer<typeof Model>;

const ModelParams = z.object({ id: ShortText });

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

const EndpointInput = PolicyEndpoint.omit({ has_key: true }).extend({
  /** Kept encrypted. Left out: the endpoint asks for none. */
  api_key: PlainText.min(1).max(1000).optional(),
});

export const setPolicyEndpoint = endpoint({
  id: 'setPolicyEndpoint',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/endpoint',
  summary: 'Say where a policy answers: base URL, model name and key of an OpenAI-compatible endpoint',
  role: 'admin',
  params: ModelParams,
  body: EndpointInput,
  response: Model,
  errors: ['model_not_found', 'model_not_deployable'],
});

export const registerPolicy = endpoint({
  id: 'registerPolicy',
  room: 'ship',
  method: 'post',
  path: '/api/models',
  summary: 'Take a policy into the registry that was made elsewhere, as `testing`, with its endpoint',
  role: 'admin',
  body: z.object({
    /** A further version where the name is there already. */
    name: PlainText.regex(/^[^@\s]+$/, 'must not have blanks or @').max(200),
    base_model: WrittenText(500),
    endpoint: EndpointInput,
  }),
  response: Model,
  status: 201,
  errors: ['model_not_deployable'],
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
    /** What sends all traffic back; at most one guard a metric. Left out: rating, safety, errors and latency. */
    guards: z.array(RampGuard).max(6).optional(),
    /** What a success is: shown while the ramp runs, decides nothing. Left out: the defaults of experiments. */
    criteria: z.array(RampCriterion).min(1).max(10).optional(),
    /** Go to 100 % at once. */
    full: z.boolean().default(false),
    /** Deploy although gates refuse it; admins only, with a reason. */
    force: z.boolean().default(false),
    /** Why a deployment that gates refuse is right all the same; kept with it and in the audit log. */
    reason: z.string().max(1000).optional(),
  }),
  response: Ramp,
  errors: ['model_not_found', 'model_not_deployable', 'gates_failed', 'experiment_under_way'],
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

export const pauseRamp = endpoint({
  id: 'pauseRamp',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/pause',
  summary: 'Hold the ramp where it is: its share stays, its clock stops, its guards go on watching',
  role: 'trainer',
  params: ModelParams,
  response: Ramp,
  errors: ['model_not_found', 'nothing_to_roll_back'],
});

export const resumeRamp = endpoint({
  id: 'resumeRamp',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/resume',
  summary: 'Let a paused ramp go on; the time of the pause does not count',
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
  summary: 'Deployments, newest first; the first one of a kind is in force',
  role: 'viewer',
  query: PageQuery.extend({ kind: RampKind.optional() }),
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
