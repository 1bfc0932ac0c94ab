import { z } from 'zod';
import { EstimateSchema, Id, IdParams, PageQuery, pageOf, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { ExperimentStatus } from './experiments.ts';
import { JobStatus } from './job-event.ts';
import { JobRecipe } from './jobs.ts';
import { JudgingEstimate } from './judging-agreement.ts';
import { RampState } from './ramps.ts';
import { ModelKind } from './ship.ts';

export const ReportKind = z.enum(['week', 'month']);
export type ReportKind = z.infer<typeof ReportKind>;

export const ReportMetric = z.enum([
  /** Share of reactions (stars and thumbs) that are positive. */
  'satisfaction',
  'rating',
  'thumbs',
  /** Share of answers that somebody reacted to. */
  'coverage',
  /** Share of reacting people who reported an answer as harmful. */
  'harm',
  /** Milliseconds to an answer. */
  'latency',
  'error_rate',
  /** Tokens of all candidates, an answer. */
  'tokens',
  /** Share of questions that the same person put again word by word. */
  'retries',
]);
export type ReportMetric = z.infer<typeof ReportMetric>;

/** A metric in the period and in the one before, with 95 % intervals, and the difference with a 99 % one. */
export const ReportChange = z.object({
  metric: ReportMetric,
  /** What n counts. */
  unit: z.enum(['people', 'answers']),
  now: EstimateSchema,
  before: EstimateSchema,
  change: EstimateSchema,
  /** `unclear`: the interval holds 0. `neither`: it changed, and no direction is the better one. */
  verdict: z.enum(['better', 'worse', 'neither', 'unclear', 'not_enough_data']),
});
export type ReportChange = z.infer<typeof ReportChange>;

/** A number in the period and in the one before. */
const Counted = z.object({ now: z.number(), before: z.number() });

/** Something a person wrote, personal data masked. */
const Example = z.object({ feedback_id: Id, text: z.string() });

/** Texts that are alike in meaning. */
export const ReportTopic = z.object({
  /** Words that they have and others lack. */
  words: z.array(z.string()),
  texts: z.number().int(),
  /** Share of negative reactions among those that are positive or negative. */
  negative: EstimateSchema,
  examples: z.array(Example),
});
export type ReportTopic = z.infer<typeof ReportTopic>;

export const ReportTopics = z.object({
  /** The newest texts of the period that were looked at. */
  looked_at: z.number().int(),
  topics: z.array(ReportTopic),
});
export type ReportTopics = z.infer<typeof ReportTopics>;

export const ReportContent = z.object({
  totals: z.object({ answers: Counted, feedback: Counted, comments: Counted, tokens: Counted }),
  changes: z.array(ReportChange),
  people: z.object({
    /** Known users who asked something. */
    active: Counted,
    /** Of these, the ones who had asked nothing in the ninety days before. */
    new: Counted,
    /** Share of active users who had asked before. */
    returning: EstimateSchema,
  }),
  models: z.object({
    registered: z.array(z.object({ model_id: z.string(), kind: ModelKind, at: Timestamp })),
    ramps: z.array(
      z.object({
        model_id: z.string(),
        state: RampState,
        reason: z.string().nullable(),
        began_at: Timestamp,
        ended_at: Timestamp.nullable(),
      }),
    ),
    experiments: z.array(
      z.object({
        id: Id,
        name: z.string(),
        status: ExperimentStatus,
        winner: z.enum(['control', 'treatment', 'inconclusive']).nullable(),
        reason: z.string().nullable(),
        /** What its results recommended when the report was made. */
        verdict: z.string().nullable(),
        /** Satisfaction of the treatment less that of the control. */
        satisfaction: EstimateSchema.nullable(),
      }),
    ),
  }),
  /** What people asked, by what they said of the answers. */
  questions: ReportTopics,
  /** What people wrote about answers. */
  comments: ReportTopics,
  /** How far the rewards of each model moved against the period before: population stability index, less chance. */
  drift: z.array(
    z.object({
      model_id: z.string(),
      index: EstimateSchema,
      verdict: z.enum(['shifted', 'steady', 'unclear', 'not_enough_data']),
    }),
  ),
  /** Krippendorff's alpha of each question of projects that people judged in. */
  agreement: z.array(
    z.object({ project_id: Id, project: z.string(), question: z.string(), alpha: JudgingEstimate }),
  ),
  training: z.object({
    runs: z.array(
      z.object({
        id: Id,
        model_name: z.string(),
        recipe: JobRecipe,
        status: JobStatus,
        model_id: z.string().nullable(),
        cost: z.number().nullable(),
      }),
    ),
    cost: Counted,
  }),
});
export type ReportContent = z.infer<typeof ReportContent>;

/** What a click on a proposed action calls: an endpoint of this API, with what it is sent. */
export const ReportCall = z.discriminatedUnion('endpoint', [
  z.object({
    endpoint: z.literal('rollbackModel'),
    params: z.object({ id: ShortText }),
    body: z.object({ reason: z.string() }),
  }),
  z.object({
    endpoint: z.literal('endExperiment'),
    params: IdParams,
    body: z.object({ reason: z.string() }),
  }),
  z.object({ endpoint: z.literal('promoteExperiment'), params: IdParams, body: z.object({}) }),
  z.object({ endpoint: z.literal('runRetraining'), params: IdParams }),
  z.object({
    endpoint: z.literal('createRetrainingRule'),
    body: z.object({
      name: z.string(),
      trigger: z.object({ ratings: z.number().int() }),
      training: z.object({}),
    }),
  }),
  z.object({ endpoint: z.literal('evaluateGates'), params: z.object({ id: ShortText }) }),
  z.object({
    endpoint: z.literal('addJudgingItems'),
    params: IdParams,
    body: z.object({ from: z.literal('answers'), limit: z.number().int() }),
  }),
  z.object({
    endpoint: z.literal('createJudgingProject'),
    body: z.object({
      name: z.string(),
      judges_per_item: z.number().int(),
      questions: z.tuple([
        z.object({
          id: z.literal('better'),
          kind: z.literal('pairwise'),
          title: z.string(),
          required: z.literal(true),
          strength_levels: z.literal(3),
          allow_tie: z.literal(true),
          allow_both_bad: z.literal(true),
        }),
      ]),
    }),
  }),
  z.object({
    endpoint: z.literal('createReviewView'),
    body: z.object({
      name: z.string(),
      filter: z.object({ status: z.literal('pending'), semantic: z.string() }),
      order: z.literal('newest'),
      shared: z.literal(true),
    }),
  }),
]);
export type ReportCall = z.infer<typeof ReportCall>;

const why = {
  roll_back: z.object({ model: z.string(), worse: z.array(ReportMetric) }),
  end_experiment: z.object({ name: z.string(), verdict: z.string() }),
  promote_experiment: z.object({ name: z.string() }),
  retrain: z.object({ name: z.string(), ratings: z.number().int() }),
  add_rule: z.object({ ratings: z.number().int() }),
  measure_gates: z.object({ model: z.string() }),
  judge_pairs: z.object({ name: z.string(), pairs: z.number().int() }),
  open_judging: z.object({ pairs: z.number().int() }),
  review_topic: z.object({ words: z.array(z.string()), reactions: z.number().int() }),
};

/** Why an action is proposed: its kind, and the figures behind it. */
export const ReportReason = z.discriminatedUnion('kind', [
  why.roll_back.extend({ kind: z.literal('roll_back') }),
  why.end_experiment.extend({ kind: z.literal('end_experiment') }),
  why.promote_experiment.extend({ kind: z.literal('promote_experiment') }),
  why.retrain.extend({ kind: z.literal('retrain') }),
  why.add_rule.extend({ kind: z.literal('add_rule') }),
  why.measure_gates.extend({ kind: z.literal('measure_gates') }),
  why.judge_pairs.extend({ kind: z.literal('judge_pairs') }),
  why.open_judging.extend({ kind: z.literal('open_judging') }),
  why.review_topic.extend({ kind: z.literal('review_topic') }),
]);
export type ReportReason = z.infer<typeof ReportReason>;

/** Something worth doing, done by one call. */
export const ReportAction = z.object({ id: Id, why: ReportReason, call: ReportCall });
export type ReportAction = z.infer<typeof ReportAction>;

const Head = z.object({
  id: Id,
  kind: ReportKind,
  /** The days that it is about (UTC), and where the equally long time before begins. */
  from: Timestamp,
  to: Timestamp,
  before: Timestamp,
  /** Who asked for it; null for those that are made by the clock. */
  made_by: z.string().nullable(),
  created_at: Timestamp,
});

export const ReportSummary = Head.extend({
  answers: z.number().int(),
  /** Metrics that are surely worse than before. */
  worse: z.array(ReportMetric),
  /** Proposed actions, and how many of them were done. */
  actions: z.number().int(),
  done: z.number().int(),
});
export type ReportSummary = z.infer<typeof ReportSummary>;

export const Report = Head.extend({
  content: ReportContent,
  actions: z.array(ReportAction.extend({ done: z.object({ by: z.string(), at: Timestamp }).nullable() })),
});
export type Report = z.infer<typeof Report>;

export const listReports = endpoint({
  id: 'listReports',
  room: 'watch',
  method: 'get',
  path: '/api/reports',
  summary: 'Weekly and monthly reports, newest first',
  role: 'curator',
  query: PageQuery.extend({ kind: ReportKind.optional() }),
  response: pageOf(ReportSummary),
  errors: ['invalid_cursor'],
});

export const createReport = endpoint({
  id: 'createReport',
  room: 'watch',
  method: 'post',
  path: '/api/reports',
  summary: 'Make a report on the last seven or thirty days now',
  role: 'curator',
  body: z.object({ kind: ReportKind.default('week') }),
  response: Report,
  status: 201,
  errors: ['scoring_unavailable', 'overloaded'],
});

export const getReport = endpoint({
  id: 'getReport',
  room: 'watch',
  method: 'get',
  path: '/api/reports/:id',
  summary: 'One report with what it proposes and what of it was done',
  role: 'curator',
  params: IdParams,
  response: Report,
  errors: ['report_not_found'],
});

export const downloadReport = endpoint({
  id: 'downloadReport',
  room: 'watch',
  method: 'get',
  path: '/api/reports/:id/file',
  summary: 'One report as Markdown or as a page of HTML that needs nothing else',
  role: 'curator',
  params: IdParams,
  query: z.object({ format: z.enum(['md', 'html']).default('md') }),
  response: z.string(),
  answers: 'bytes',
  errors: ['report_not_found'],
});

export const noteReportAction = endpoint({
  id: 'noteReportAction',
  room: 'watch',
  method: 'post',
  path: '/api/reports/:id/actions/:action',
  summary: 'Say that a proposed action was done: by calling what it names',
  role: 'curator',
  params: IdParams.extend({ action: Id }),
  response: Report,
  errors: ['report_not_found'],
});
