import { z } from 'zod';
import { EstimateSchema, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Dimension } from './serve.ts';

export const OffPolicyMetricName = z.enum(['rating', 'satisfaction']);

/** Why no number is given. */
export const OffPolicyRefusal = z.enum([
  'no_feedback',
  'trained_on',
  'no_choice',
  'no_overlap',
  'not_covered',
  'too_few',
]);
export type OffPolicyRefusal = z.infer<typeof OffPolicyRefusal>;

/** Why a number may not deserve trust. */
export const OverlapWarning = z.enum(['few_effective_rows', 'one_row_dominates', 'weights_off_one']);
export type OverlapWarning = z.infer<typeof OverlapWarning>;

/** What a model would have had on answers that the log covers. Intervals are 95 %, n counts people. */
export const OffPolicyMetric = z.object({
  /** Mean stars, or the share of answers that were received well. */
  metric: OffPolicyMetricName,
  answers: z.number().int(),
  /** Of what was delivered. */
  delivered: EstimateSchema,
  /** Of what the model would have delivered: the estimate to read first, and two others of the same. */
  self_normalised: EstimateSchema,
  doubly_robust: EstimateSchema,
  inverse_propensity: EstimateSchema,
  /** Self-normalised less delivered, on the same answers. */
  gain: EstimateSchema,
  /** How many answers the weighted ones are worth (Kish). */
  effective_answers: z.number(),
  warnings: z.array(OverlapWarning),
});
export type OffPolicyMetric = z.infer<typeof OffPolicyMetric>;

export const OffPolicyEvaluation = z.object({
  model_id: z.string(),
  from: Timestamp,
  to: Timestamp,
  /** Answers of the span that people reacted to, those drawn among them at random, and those then scored in time. */
  rated: z.number().int(),
  drawn: z.number().int(),
  scored: z.number().int(),
  /** Of the drawn ones, those whose question the model was trained on: on them it would only show what it remembers. */
  trained_on: z.number().int(),
  /** Scored answers by what the log tells of them. */
  coverage: z.object({
    /** One candidate: every model delivers it. */
    no_choice: z.number().int(),
    /** What was delivered was certain: nothing is known of the others. */
    deterministic: z.number().int(),
    /** The model could deliver what could not be drawn. */
    not_covered: z.number().int(),
    covered: z.number().int(),
  }),
  /** Share of answers with a choice on which the model would have delivered the same. */
  agreement: EstimateSchema,
  /** Null where there are metrics. */
  refusal: OffPolicyRefusal.nullable(),
  metrics: z.array(OffPolicyMetric),
});
export type OffPolicyEvaluation = z.infer<typeof OffPolicyEvaluation>;

export const evaluateOffPolicy = endpoint({
  id: 'evaluateOffPolicy',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/off-policy-evaluation',
  summary: 'What a reward model would have had in a span of time, from logged propensities (off-policy)',
  role: 'trainer',
  params: z.object({ id: ShortText }),
  body: z.object({
    /** A week ago unless given. */
    from: Timestamp.optional(),
    /** Now unless given. */
    to: Timestamp.optional(),
    /** Answers to score at most; where people reacted to more, they are drawn at random. */
    answers: z.number().int().min(50).max(2000).default(500),
    /** How the model would choose. */
    strategy: z.enum(['best', 'weighted']).default('best'),
    selection_temperature: z.number().min(0.01).max(10).optional(),
    /** Reward that its answers would have to reach; as the server is configured unless given. */
    threshold: Share.optional(),
    /** Weights of its dimensions, as a request can give them. */
    dimension_weights: z.partialRecord(Dimension, z.number().min(0).max(100)).optional(),
  }),
  response: OffPolicyEvaluation,
  errors: ['model_not_found', 'model_not_deployable', 'scoring_unavailable', 'overloaded', 'invalid_request'],
});
