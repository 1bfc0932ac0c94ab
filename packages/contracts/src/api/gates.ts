import { z } from 'zod';
import {
  EstimateSchema,
  Id,
  PageQuery,
  pageOf,
  Share,
  ShortText,
  Timestamp,
  WrittenText,
} from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Metrics } from './learn.ts';
import { Model } from './ship.ts';

const ModelParams = z.object({ id: ShortText });

export const GateName = z.enum([
  'ordering',
  'incumbent',
  'people',
  'calibration',
  'length',
  'latency',
  'safety',
  'over_optimisation',
  'leak',
]);
export type GateName = z.infer<typeof GateName>;

export const GateVerdict = z.enum(['passed', 'failed', 'not_measured']);
export type GateVerdict = z.infer<typeof GateVerdict>;

/** Why a gate says nothing. */
export const GateReason = z.enum([
  'never_measured',
  'other_data',
  'no_incumbent',
  'other_incumbent',
  'training_unknown',
  'no_data',
  'too_few',
  'undecided',
  'nobody_asked',
  'no_policy',
  'not_a_scorer',
  'comes_later',
  'failed_to_measure',
]);
export type GateReason = z.infer<typeof GateReason>;

/** What a model is asked before it gets traffic, and what is known. */
export const Gate = z.object({
  gate: GateName,
  verdict: GateVerdict,
  reason: GateReason.nullable(),
  /** A 95 % interval, how many independent units are behind it, and the limit that it is held against. */
  evidence: z.object({ estimate: EstimateSchema, limit: z.number(), measured_at: Timestamp }).nullable(),
  /** All of it in English. */
  sentence: z.string(),
});
export type Gate = z.infer<typeof Gate>;

/** What an organisation asks of a model before it gets traffic. */
export const GateLimits = z.object({
  ordering: Share,
  margin: Share,
  people: Share,
  calibration: Share,
  length: Share,
  latency_ms: z.number().positive().max(60_000),
  safety: Share,
  fewest: z.number().int().min(2).max(1_000_000),
});

export const GateSettings = z.object({
  /** Frozen data set on which models are compared; null takes the held-out part of each model's own. */
  evaluation_dataset: Id.nullable(),
  /** Whether a gate that was not measured refuses a deployment too. */
  require_measured: z.boolean(),
  limits: GateLimits,
  /** How many questions are scored at once while latency is measured, and how many answers each has. */
  load: z.object({
    concurrency: z.number().int().min(1).max(64),
    candidates: z.number().int().min(1).max(16),
    /** What an hour of the machine costs, in dollars; null where nobody said. */
    hourly_dollars: z.number().positive().max(10_000).nullable(),
  }),
});
export type GateSettings = z.infer<typeof GateSettings>;

export const GateMeasurementStatus = z.enum(['waiting', 'measuring', 'completed', 'failed']);

export const GateMeasurement = z.object({
  id: Id,
  model_id: z.string(),
  /** The model that took the traffic when it was asked for; null where none did. */
  incumbent_model_id: z.string().nullable(),
  status: GateMeasurementStatus,
  progress: Share,
  /** Data that it is or was measured on; null where there was none. */
  dataset_id: Id.nullable(),
  error: z.string().nullable(),
  requested_by: z.string(),
  created_at: Timestamp,
  ended_at: Timestamp.nullable(),
});
export type GateMeasurement = z.infer<typeof GateMeasurement>;

/** What scoring costs: taken with the latency, under the load of the settings. */
export const ScoringCost = z.object({
  questions_per_second: z.number(),
  /** Dollars for the candidates of 1,000 questions; null where nobody said what an hour costs. */
  dollars_per_thousand: z.number().nullable(),
});
export type ScoringCost = z.infer<typeof ScoringCost>;

export const ModelGates = z.object({
  model_id: z.string(),
  /** The model that has to be matched; null where none takes traffic. */
  incumbent_model_id: z.string().nullable(),
  gates: z.array(Gate),
  /** Gates that refuse a deployment as things stand. */
  refusing: z.array(GateName),
  /** The newest measurement, also one that is under way. */
  measurement: GateMeasurement.nullable(),
  /** Rows left out of the newest complete one, because either model was trained on their question. */
  excluded: z.number().int().nullable(),
  cost: ScoringCost.nullable(),
});
export type ModelGates = z.infer<typeof ModelGates>;

export const getModelGates = endpoint({
  id: 'getModelGates',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/gates',
  summary: 'What a model is asked before it gets traffic: green, red or not measured, each with its evidence',
  role: 'viewer',
  params: ModelParams,
  response: ModelGates,
  errors: ['model_not_found'],
});

export const evaluateGates = endpoint({
  id: 'evaluateGates',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/evaluate-gates',
  summary: 'Measure what the gates ask of a model; one measurement of a model is under way at a time',
  role: 'trainer',
  params: ModelParams,
  response: GateMeasurement,
  status: 202,
  errors: ['model_not_found', 'model_not_deployable'],
});

export const getGateSettings = endpoint({
  id: 'getGateSettings',
  room: 'ship',
  method: 'get',
  path: '/api/gate-settings',
  summary: 'The limits of the gates, the evaluation set, and the load of the latency gate',
  role: 'viewer',
  response: GateSettings,
  errors: [],
});

export const updateGateSettings = endpoint({
  id: 'updateGateSettings',
  room: 'ship',
  method: 'patch',
  path: '/api/gate-settings',
  summary: 'Change them; what is not named stays',
  role: 'admin',
  body: z.object({
    /** Id or name of a frozen data set. */
    evaluation_dataset: ShortText.nullable().optional(),
    require_measured: z.boolean().optional(),
    limits: GateLimits.partial().optional(),
    load: GateSettings.shape.load.partial().optional(),
  }),
  response: GateSettings,
  errors: ['dataset_not_found', 'dataset_not_ready', 'dataset_damaged'],
});

/** A rated answer, or one of a pair, with what one or two models say of it. */
export const ScoredExample = z.object({
  query: z.string(),
  response: z.string(),
  /** People's rating from 1 to 5; null for an answer of a pair. */
  rating: z.number().nullable(),
  /** 0–1. */
  reward: z.number(),
  /** What the other model gives it, 0–1; null where only one was asked. */
  other_reward: z.number().nullable(),
});
export type ScoredExample = z.infer<typeof ScoredExample>;

const Estimated = EstimateSchema.nullable();

/** What a measurement found, as it is kept; verdicts are drawn from it by the limits of the day. */
export const GateFindings = z.object({
  /** SHA-256 of the rows; null where there were none. */
  data_hash: z.string().nullable(),
  excluded: z.number().int(),
  /** Why nothing was measured on data; null where it was. */
  reason: GateReason.nullable(),
  metrics: Metrics.nullable(),
  ordering: Estimated,
  calibration: Estimated,
  length: Estimated,
  safety: Estimated,
  latency: Estimated,
  questions_per_second: z.number().nullable(),
  /** The same rows by the incumbent. */
  incumbent: z
    .object({
      model_id: z.string(),
      metrics: Metrics.nullable(),
      difference: Estimated,
      reason: GateReason.nullable(),
    })
    .nullable(),
  /** Alarms in the run of a policy, by the evaluations in which they could sound. */
  alarms: Estimated,
  examples: z.object({
    highest: z.array(ScoredExample),
    lowest: z.array(ScoredExample),
    disagreements: z.array(ScoredExample),
    /** On which the two models differ most. */
    between: z.array(ScoredExample),
  }),
});
export type GateFindings = z.infer<typeof GateFindings>;

export const ModelExamples = z.object({
  model_id: z.string(),
  measured_at: Timestamp.nullable(),
  highest: z.array(ScoredExample),
  lowest: z.array(ScoredExample),
  /** Answers whose reward is furthest from people's rating. */
  disagreements: z.array(ScoredExample),
});
export type ModelExamples = z.infer<typeof ModelExamples>;

export const getModelExamples = endpoint({
  id: 'getModelExamples',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/examples',
  summary: 'Answers for a look by hand: scored highest, lowest, and furthest from what people say',
  role: 'curator',
  params: ModelParams,
  response: ModelExamples,
  errors: ['model_not_found'],
});

export const updateModel = endpoint({
  id: 'updateModel',
  room: 'ship',
  method: 'patch',
  path: '/api/models/:id',
  summary: 'Set the tags of a model, or add a note to it',
  role: 'trainer',
  params: ModelParams,
  body: z.object({
    tags: z.array(WrittenText(50)).max(20).optional(),
    note: WrittenText(10_000).optional(),
  }),
  response: Model,
  errors: ['model_not_found'],
});

export const ModelNote = z.object({ id: Id, text: z.string(), by: z.string(), created_at: Timestamp });
export type ModelNote = z.infer<typeof ModelNote>;

export const listModelNotes = endpoint({
  id: 'listModelNotes',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/notes',
  summary: 'What people noted on a model, newest first',
  role: 'viewer',
  params: ModelParams,
  query: PageQuery,
  response: pageOf(ModelNote),
  errors: ['model_not_found', 'invalid_cursor'],
});

/** One side of a difference. */
const DiffSide = z.object({
  model_id: z.string(),
  base_model: z.string(),
  dataset_id: Id.nullable(),
  /** As measured on data of its own; the rows may differ. */
  metrics: z.record(z.string(), z.unknown()),
  /** As measured on the same rows as the other; null where they were not. */
  same_rows: Metrics.nullable(),
});

export const ModelDiff = z.object({
  one: DiffSide,
  other: DiffSide,
  /** What `one` learned from that `other` did not, and the other way round; null where a data set is not there. */
  data: z
    .object({
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
      same: z.number().int(),
    })
    .nullable(),
  /** Settings in which their runs differ. */
  hyperparameters: z.array(z.object({ name: z.string(), one: z.unknown(), other: z.unknown() })),
  /** Answers on which the two disagree most, from the newest measurement that compared them. */
  examples: z.array(ScoredExample),
  measured_at: Timestamp.nullable(),
});
export type ModelDiff = z.infer<typeof ModelDiff>;

export const diffModels = endpoint({
  id: 'diffModels',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/diff',
  summary: 'How two models differ: data, settings, measurements, and answers with both scores',
  role: 'curator',
  params: ModelParams,
  query: z.object({ with: ShortText }),
  response: ModelDiff,
  errors: ['model_not_found'],
});

export const FinalEvaluation = z.object({
  id: Id,
  model_id: z.string(),
  against_model_id: z.string(),
  /** Blind judging project; a curator chooses its judges and runs it. */
  project_id: Id,
  /** Share of wins above a half that it is to find, and how surely. */
  effect: z.number(),
  power: z.number(),
  /** Comparisons that this takes, and how many there were to give. */
  needed: z.number().int(),
  pairs: z.number().int(),
  /** Answers in the log at which the two were looked at, and how often they would deliver different ones. */
  looked_at: z.number().int(),
  differing: z.number().int(),
  judged: z.number().int(),
  /** Wins of the model, a tie counting half; null before the first. */
  win_rate: EstimateSchema.nullable(),
  created_at: Timestamp,
});
export type FinalEvaluation = z.infer<typeof FinalEvaluation>;

export const startFinalEvaluation = endpoint({
  id: 'startFinalEvaluation',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/final-evaluation',
  summary:
    'Have people compare blind what two reward models would deliver where they differ; and measure the gates',
  role: 'trainer',
  params: ModelParams,
  body: z.object({
    /** Model to compare with; the one that takes the traffic unless given. */
    against: ShortText.optional(),
    /** Wins above a half that are to be found: 0.1 finds 60 %. */
    effect: z.number().min(0.02).max(0.5).default(0.1),
    power: z.number().min(0.5).max(0.99).default(0.8),
  }),
  response: FinalEvaluation,
  status: 201,
  errors: ['model_not_found', 'model_not_deployable', 'not_enough_data'],
});

export const getFinalEvaluation = endpoint({
  id: 'getFinalEvaluation',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/final-evaluation',
  summary: 'The newest final evaluation of a model and how it stands; null before the first',
  role: 'viewer',
  params: ModelParams,
  response: z.object({ evaluation: FinalEvaluation.nullable() }),
  errors: ['model_not_found'],
});
