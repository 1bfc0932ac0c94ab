import { z } from 'zod';
import {
  Done,
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
import { PrepareInput } from './curate.ts';
import { Training } from './jobs.ts';
import { Evaluation } from './learn.ts';

/**
 * Starts a run when the live reward model surely ranks a good answer above a bad one less often than it should (area
 * under the ROC curve of rewards on people's stars and thumbs): the whole 99 % interval, looked at every hour, is below.
 */
export const RetrainingAccuracy = z.object({
  below: Share,
  /** Fewest labels that decide anything. */
  labels: z.number().int().min(10).max(100_000).default(100),
  /** Labels of the last days that count, if no run began since. */
  days: z.number().int().min(1).max(365).default(28),
});
export type RetrainingAccuracy = z.infer<typeof RetrainingAccuracy>;

/** What starts a run: enough news, a reward model that errs, the clock, or whichever comes first. */
export const RetrainingTrigger = z
  .object({
    /** Ratings of people that were approved since the last run; before the first, those in no data set yet. */
    ratings: z.number().int().min(1).max(1_000_000).nullable().default(null),
    accuracy: RetrainingAccuracy.nullable().default(null),
    /** Cron expression of five fields. */
    cron: z.string().min(9).max(100).nullable().default(null),
    /** As `Europe/Vienna`. */
    time_zone: z.string().min(1).max(100).default('UTC'),
  })
  .refine(({ ratings, accuracy, cron }) => ratings !== null || accuracy !== null || cron !== null, {
    path: ['ratings'],
    message: 'a rule needs a number of ratings, an accuracy, a schedule, or several of them',
  });
export type RetrainingTrigger = z.infer<typeof RetrainingTrigger>;

/** How a run's data set is prepared: from all that was approved, unless said otherwise. */
export const RetrainingPreparation = PrepareInput.omit({ name: true, keep_out: true }).extend({
  statuses: PrepareInput.shape.statuses.unwrap().default(['approved']),
  include_used: z.boolean().default(true),
});

export const RetrainingLimits = z.object({
  /** Hours from the start of one run to the start of the next; a run by hand does not wait. */
  minimum_hours: z.number().min(0).max(8760).default(24),
  /** Most that the rule's runs may cost in a month (UTC); null leaves it to the budget. */
  monthly_cost: z.number().min(0).max(1e9).nullable().default(null),
});
export type RetrainingLimits = z.infer<typeof RetrainingLimits>;

const Name = PlainText.min(1).max(100);

/** All that a rule is told. */
export const RetrainingSettings = z.object({
  trigger: RetrainingTrigger,
  preparation: RetrainingPreparation,
  training: Training,
  /** Frozen data set whose held-out questions measure the model; null takes those of the run's own data set. */
  evaluation_set: ShortText.nullable(),
  /** Share of live answers that a reward model it made scores unseen while somebody is asked; null for none. */
  shadow_share: z.number().min(0.001).max(1).nullable(),
  limits: RetrainingLimits,
});
export type RetrainingSettings = z.infer<typeof RetrainingSettings>;

const settings = RetrainingSettings.shape;

export const RetrainingCause = z.enum(['ratings', 'accuracy', 'schedule', 'hand']);
export type RetrainingCause = z.infer<typeof RetrainingCause>;

/** What a look at a rule leads to. */
export const RetrainingVerdict = z.enum(['start', 'running', 'paused', 'not_yet', 'too_soon', 'over_limit']);
export type RetrainingVerdict = z.infer<typeof RetrainingVerdict>;

/** How the live reward model does on what people said since the last run. */
export const FreshAccuracy = RetrainingAccuracy.extend({
  /** The live model that does worst; null where none has traffic. */
  model: z.string().nullable(),
  /** With a 99 % interval; `n` counts labels. */
  estimate: EstimateSchema,
  measured_at: Timestamp,
});
export type FreshAccuracy = z.infer<typeof FreshAccuracy>;

/** What a rule sees at a moment, and what follows. */
export const RetrainingLook = z.object({
  at: Timestamp,
  verdict: RetrainingVerdict,
  cause: RetrainingCause.nullable(),
  /** New approved ratings, counted up to `ratings_needed`; null where none are waited for. */
  ratings: z.number().int().nullable(),
  ratings_needed: z.number().int().nullable(),
  /** Null where no accuracy is waited for. */
  accuracy: FreshAccuracy.nullable(),
  /** Next time of the schedule. */
  next_at: Timestamp.nullable(),
  /** Before this, the last run is too recent; null before the first. */
  earliest_at: Timestamp.nullable(),
  /** What the rule's runs of this month cost, and what one more is expected to. */
  spent: z.number(),
  expected_cost: z.number(),
});
export type RetrainingLook = z.infer<typeof RetrainingLook>;

export const RetrainingStep = z.enum(['prepare', 'train', 'evaluate']);
export type RetrainingStep = z.infer<typeof RetrainingStep>;

/** `not_better`: what was trained is no better than what it began with, so there is no model to ask about. */
export const RetrainingOutcome = z.enum(['finished', 'not_better', 'failed']);
export type RetrainingOutcome = z.infer<typeof RetrainingOutcome>;

export const RetrainingRun = z.object({
  /** Also the id of its training job, once there is one. */
  id: Id,
  cause: RetrainingCause,
  /** The step that it is at, or ended with. */
  step: RetrainingStep,
  /** Null while it is under way. */
  outcome: RetrainingOutcome.nullable(),
  dataset_id: Id.nullable(),
  model_id: z.string().nullable(),
  /** Null where the model has no file that scores, as policies. */
  evaluation: Evaluation.nullable(),
  error_message: z.string().nullable(),
  started_at: Timestamp,
  ended_at: Timestamp.nullable(),
});
export type RetrainingRun = z.infer<typeof RetrainingRun>;

export const RetrainingRule = z.object({
  id: Id,
  name: Name,
  ...settings,
  paused: z.boolean(),
  /** Runs that failed, one after the other; at three the rule pauses itself. */
  failures: z.number().int(),
  last_look: RetrainingLook.nullable(),
  last_run: RetrainingRun.nullable(),
  created_by: z.string().nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type RetrainingRule = z.infer<typeof RetrainingRule>;

/** What happened to a rule: what a person did, where a run got, or that what a look leads to has changed. */
export const RetrainingEvent = z.enum([
  'created',
  'changed',
  'resumed',
  'started',
  'prepared',
  'trained',
  'shadowed',
  'not_shadowed',
  'finished',
  'not_better',
  'failed',
  'gave_up',
  ...RetrainingVerdict.exclude(['start', 'running']).options,
]);
export type RetrainingEvent = z.infer<typeof RetrainingEvent>;

export const RetrainingDecision = z.object({
  id: Id,
  at: Timestamp,
  event: RetrainingEvent,
  /** Who did it; null where the rule did. */
  by: z.string().nullable(),
  run_id: Id.nullable(),
  /** What was seen, where a look led to it. */
  look: RetrainingLook.nullable(),
  /** The data set or model that was made, or why something failed or was left out. */
  detail: z.string().nullable(),
});
export type RetrainingDecision = z.infer<typeof RetrainingDecision>;

const rule = { room: 'learn', role: 'trainer' } as const;
const refusals = [
  'invalid_request',
  'retraining_rule_exists',
  'dataset_not_found',
  'dataset_not_ready',
] as const;

export const listRetrainingRules = endpoint({
  ...rule,
  id: 'listRetrainingRules',
  method: 'get',
  path: '/api/retraining-rules',
  summary: 'Rules that retrain by themselves, newest first',
  query: PageQuery,
  response: pageOf(RetrainingRule),
  errors: ['invalid_cursor'],
});

export const createRetrainingRule = endpoint({
  ...rule,
  id: 'createRetrainingRule',
  method: 'post',
  path: '/api/retraining-rules',
  summary:
    'Add a rule: prepare, train, register as `testing`, measure with its gates, and ask somebody to deploy it',
  body: z.object({
    name: Name,
    ...settings,
    preparation: settings.preparation.prefault({}),
    evaluation_set: settings.evaluation_set.default(null),
    shadow_share: settings.shadow_share.default(null),
    limits: settings.limits.prefault({}),
    paused: z.boolean().default(false),
  }),
  response: RetrainingRule,
  status: 201,
  errors: refusals,
});

export const getRetrainingRule = endpoint({
  ...rule,
  id: 'getRetrainingRule',
  method: 'get',
  path: '/api/retraining-rules/:id',
  summary: 'One rule with its last look and its last run',
  params: IdParams,
  response: RetrainingRule,
  errors: ['retraining_rule_not_found'],
});

export const updateRetrainingRule = endpoint({
  ...rule,
  id: 'updateRetrainingRule',
  method: 'patch',
  path: '/api/retraining-rules/:id',
  summary: 'Change, pause or resume a rule; a run that is under way goes on',
  params: IdParams,
  body: z.object({ name: Name, ...settings, paused: z.boolean() }).partial(),
  response: RetrainingRule,
  errors: ['retraining_rule_not_found', ...refusals],
});

export const deleteRetrainingRule = endpoint({
  ...rule,
  id: 'deleteRetrainingRule',
  method: 'delete',
  path: '/api/retraining-rules/:id',
  summary: 'Delete a rule with its log; what it trained stays',
  params: IdParams,
  response: Done,
  errors: ['retraining_rule_not_found', 'retraining_running'],
});

export const dryRunRetraining = endpoint({
  ...rule,
  id: 'dryRunRetraining',
  method: 'get',
  path: '/api/retraining-rules/:id/dry-run',
  summary: 'What the rule sees now and would do; nothing is done',
  params: IdParams,
  response: RetrainingLook,
  errors: ['retraining_rule_not_found'],
});

export const runRetraining = endpoint({
  ...rule,
  id: 'runRetraining',
  method: 'post',
  path: '/api/retraining-rules/:id/run-now',
  summary: 'Start a run by hand, whatever the trigger and the least time between runs say',
  params: IdParams,
  response: RetrainingRule,
  status: 202,
  errors: ['retraining_rule_not_found', 'retraining_running', 'budget_exceeded'],
});

export const listRetrainingDecisions = endpoint({
  ...rule,
  id: 'listRetrainingDecisions',
  method: 'get',
  path: '/api/retraining-rules/:id/decisions',
  summary: 'What a rule decided and why, newest first; looks that change nothing are not repeated',
  params: IdParams,
  query: PageQuery,
  response: pageOf(RetrainingDecision),
  errors: ['retraining_rule_not_found', 'invalid_cursor'],
});
