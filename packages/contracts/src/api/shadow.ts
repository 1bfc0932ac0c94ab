import { z } from 'zod';
import { EstimateSchema, Id, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { JudgedSamples } from './job-outputs.ts';

const ModelParams = z.object({ id: ShortText });

export const ShadowStatus = z.enum(['running', 'stopped', 'completed']);
export type ShadowStatus = z.infer<typeof ShadowStatus>;

/** Why a shadow does not go on. */
export const ShadowEnd = z.enum(['by_hand', 'enough_answers', 'time_over', 'model_archived']);
export type ShadowEnd = z.infer<typeof ShadowEnd>;

/** A model that scores a sample of live traffic unseen. */
export const Shadow = z.object({
  id: Id,
  model_id: z.string(),
  status: ShadowStatus,
  /** Null while it runs. */
  reason: ShadowEnd.nullable(),
  /** Share of delivered answers that are drawn. */
  share: Share,
  answers_per_hour: z.number().int(),
  max_answers: z.number().int(),
  until: Timestamp.nullable(),
  /** Answers that it scored. */
  scored: z.number().int(),
  /** Drawn answers that it did not come to in time, and those that it could not score. */
  dropped: z.number().int(),
  failed: z.number().int(),
  started_by: z.string(),
  started_at: Timestamp,
  ended_at: Timestamp.nullable(),
});
export type Shadow = z.infer<typeof Shadow>;

/** Bars of a distribution of rewards, in tenths from 0 to 1. */
const Histogram = z.array(z.number().int());

/** How a shadow compares with what was delivered. Intervals are 95 %, n counts answers. */
export const ShadowReport = z.object({
  /** Answers below which nothing should be made of a figure. */
  fewest: z.number().int(),
  /** Share of answers with a choice on which it would have delivered the same, and what blind drawing would give. */
  agreement: EstimateSchema,
  by_chance: z.number().nullable(),
  /** Of answers with feedback on which the two differ, the share on which the shadow is right. */
  would_have_won: EstimateSchema,
  wins: z.number().int(),
  losses: z.number().int(),
  ties: z.number().int(),
  /** Share of disliked answers that it would have replaced, the same of liked ones, and the difference. */
  replaced_disliked: EstimateSchema,
  replaced_liked: EstimateSchema,
  replaced_difference: EstimateSchema,
  /** Rank correlation with the rewards in traffic, and by how much its own are higher, on what was delivered. */
  correlation: EstimateSchema,
  difference: EstimateSchema,
  histograms: z.object({ live: Histogram, shadow: Histogram }),
  /** The models in traffic that chose these answers; null stands for none. */
  against: z.array(z.object({ model_id: z.string().nullable(), answers: z.number().int() })),
  /** Answers in whose place it would have delivered something else. */
  disagreements: z.number().int(),
  /** What people say of disagreements that were given to them; null before that. */
  judged: JudgedSamples.nullable(),
});
export type ShadowReport = z.infer<typeof ShadowReport>;

export const startShadow = endpoint({
  id: 'startShadow',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/shadow',
  summary: 'Have a reward model score a sample of live traffic unseen; nobody waits for it',
  role: 'trainer',
  params: ModelParams,
  body: z.object({
    /** Share of delivered answers to draw. */
    share: z.number().min(0.001).max(1).default(0.1),
    /** What it may cost: drawn answers beyond this are dropped, and counted. */
    answers_per_hour: z.number().int().min(1).max(36_000).default(600),
    /** It ends with so many answers, or at this time. */
    max_answers: z.number().int().min(1).max(20_000).default(2000),
    until: Timestamp.optional(),
  }),
  response: Shadow,
  status: 201,
  errors: ['model_not_found', 'model_not_deployable', 'shadow_under_way'],
});

export const getShadow = endpoint({
  id: 'getShadow',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/shadow',
  summary: 'The newest shadow run of a model and what it shows; null before the first',
  role: 'viewer',
  params: ModelParams,
  response: z.object({ shadow: Shadow.extend({ report: ShadowReport }).nullable() }),
  errors: ['model_not_found'],
});

export const stopShadow = endpoint({
  id: 'stopShadow',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/shadow/stop',
  summary: 'End the shadow run of a model; what it scored stays',
  role: 'trainer',
  params: ModelParams,
  response: Shadow,
  errors: ['model_not_found', 'shadow_not_found'],
});

/** An answer in whose place a shadow would have delivered something else. */
export const ShadowDisagreement = z.object({
  response_id: Id,
  query: z.string(),
  /** Earlier turns; null where it was the first question. */
  context: z.string().nullable(),
  /** What was delivered, and what the shadow would have delivered, each with the rewards of both models, 0–1. */
  delivered: z.object({ text: z.string(), shadow: z.number(), live: z.number().nullable() }),
  preferred: z.object({ text: z.string(), shadow: z.number(), live: z.number().nullable() }),
  /** By how much the shadow likes its own choice better. */
  margin: z.number(),
  /** Whether it was given to judges. */
  judged: z.boolean(),
});
export type ShadowDisagreement = z.infer<typeof ShadowDisagreement>;

export const listShadowDisagreements = endpoint({
  id: 'listShadowDisagreements',
  room: 'ship',
  method: 'get',
  path: '/api/models/:id/shadow/disagreements',
  summary: 'Answers in whose place the shadow would have delivered something else, the clearest first',
  role: 'curator',
  params: ModelParams,
  query: PageQuery,
  response: pageOf(ShadowDisagreement),
  errors: ['model_not_found', 'shadow_not_found', 'invalid_cursor'],
});

export const judgeShadow = endpoint({
  id: 'judgeShadow',
  room: 'ship',
  method: 'post',
  path: '/api/models/:id/shadow/judge',
  summary:
    'Have people compare blind what was delivered and what the shadow would have, where it differs most',
  role: 'trainer',
  params: ModelParams,
  body: z.object({
    /** Pairs to give, each question once; those given before are not given again. */
    pairs: z.number().int().min(1).max(500).default(50),
  }),
  response: z.object({ project_id: Id, pairs: z.number().int() }),
  status: 201,
  errors: ['model_not_found', 'shadow_not_found', 'not_enough_data'],
});
