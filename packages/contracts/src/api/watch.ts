import { z } from 'zod';
import { Count, EstimateSchema, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** What is counted of one reward model version (null: answers that no model scored). */
export const VersionSums = z.object({
  reward_model: z.string().nullable(),
  answers: z.number().int(),
  last_answer_at: Timestamp.nullable(),
  /** Feedbacks of any kind. */
  feedback: z.number().int(),
  ratings: z.number().int(),
  average_rating: z.number().nullable(),
  /** Number of ratings of 1, 2, 3, 4 and 5 (rounded). */
  distribution: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
  thumbs_up: z.number().int(),
  thumbs_down: z.number().int(),
  corrections: z.number().int(),
  /** Average rating of the last 50 ratings less that of the 50 before; null with fewer. */
  trend: z.number().nullable(),
});
export type VersionSums = z.infer<typeof VersionSums>;

/** Live counters of one reward model version. */
export const VersionCounters = VersionSums.extend({
  /** Whether it takes traffic now. */
  in_traffic: z.boolean(),
});
export type VersionCounters = z.infer<typeof VersionCounters>;

/** How the review queue stands. */
export const QueueCounts = z.object({
  pending: Count,
  /** Held by somebody right now. */
  reserved: z.number().int(),
  /** Items decided since midnight UTC. */
  done_today: z.number().int(),
});
export type QueueCounts = z.infer<typeof QueueCounts>;

/** How blind judging stands. */
export const JudgingCounts = z.object({
  running_projects: z.number().int(),
  /** Items of running projects that still miss votes. */
  open_items: z.number().int(),
  /** Judgements since midnight UTC, without training. */
  done_today: z.number().int(),
});
export type JudgingCounts = z.infer<typeof JudgingCounts>;

export const LiveCounters = z.object({
  at: Timestamp,
  answers: z.number().int(),
  feedback: z.number().int(),
  open_alerts: z.number().int(),
  queue: QueueCounts,
  judging: JudgingCounts,
  versions: z.array(VersionCounters),
});
export type LiveCounters = z.infer<typeof LiveCounters>;

export const liveCounters = endpoint({
  id: 'liveCounters',
  room: 'watch',
  method: 'get',
  path: '/api/metrics/live',
  summary: 'Counters per model version as of now',
  role: 'viewer',
  response: LiveCounters,
  errors: [],
});

export const watchCounters = endpoint({
  id: 'watchCounters',
  room: 'watch',
  method: 'get',
  path: '/api/metrics/live/events',
  summary: 'The counters as server-sent events: at once, then whenever they change',
  role: 'viewer',
  response: LiveCounters,
  answers: 'sse',
  errors: [],
});

/** Days that an overview looks back. */
const Days = z.coerce.number().int().min(1).max(365).default(28);

/** What happened on one day, in UTC. Imported histories are left out. */
export const DayActivity = z.object({
  day: z.iso.date(),
  /** Answers delivered. */
  answers: z.number().int(),
  /** Of these, the ones that somebody has reacted to since. */
  answers_with_feedback: z.number().int(),
  /** Feedbacks of any kind that came on this day. */
  feedback: z.number().int(),
  /** Stars or thumbs that came on this day. */
  reactions: z.number().int(),
  /** Of these, at least four stars or thumbs up. */
  positive: z.number().int(),
});
export type DayActivity = z.infer<typeof DayActivity>;

/** The sums of a period; the shares with their 95 % Wilson intervals. */
const Period = z.object({
  answers: z.number().int(),
  feedback: z.number().int(),
  /** Share of reactions that are positive. */
  satisfaction: EstimateSchema,
  /** Share of answers that somebody reacted to. */
  coverage: EstimateSchema,
});

export const Overview = z.object({
  /** The last days, the oldest first, today last; each is there, also when nothing happened. */
  days: z.array(DayActivity),
  now: Period,
  /** The same number of days before. */
  before: Period,
});
export type Overview = z.infer<typeof Overview>;

export const getOverview = endpoint({
  id: 'getOverview',
  room: 'watch',
  method: 'get',
  path: '/api/metrics/overview',
  summary: 'Traffic, satisfaction and coverage of the last days, beside the same number of days before',
  role: 'viewer',
  query: z.object({ days: Days }),
  response: Overview,
  errors: [],
});

/** What a member has done for the data in a period. */
export const AnnotatorActivity = z.object({
  name: z.string(),
  email: z.string().nullable(),
  /** Feedbacks given as a signed-in member. */
  feedback: z.number().int(),
  /** Decisions in the review queue that stand; a bulk decision is one. */
  reviews: z.number().int(),
  /** Blind votes. */
  judgements: z.number().int(),
  last_at: Timestamp.nullable(),
});
export type AnnotatorActivity = z.infer<typeof AnnotatorActivity>;

export const annotatorActivity = endpoint({
  id: 'annotatorActivity',
  room: 'watch',
  method: 'get',
  path: '/api/metrics/annotators',
  summary: 'What each member did for the data in the last days, the busiest first; at most a hundred',
  role: 'curator',
  query: z.object({ days: Days }),
  response: z.object({ items: z.array(AnnotatorActivity) }),
  errors: [],
});
