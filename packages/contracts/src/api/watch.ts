import { z } from 'zod';
import { Id, IdParams, PageQuery, pageOf, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** Live counters of one reward model version (null: answers that no model scored). */
export const VersionCounters = z.object({
  reward_model: z.string().nullable(),
  answers: z.number().int(),
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
export type VersionCounters = z.infer<typeof VersionCounters>;

export const LiveCounters = z.object({
  at: Timestamp,
  answers: z.number().int(),
  feedback: z.number().int(),
  open_alerts: z.number().int(),
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

export const AlertKind = z.enum(['average_rating', 'negative_spike', 'safety_report']);
export type AlertKind = z.infer<typeof AlertKind>;

export const Alert = z.object({
  id: Id,
  kind: AlertKind,
  state: z.enum(['firing', 'resolved']),
  message: z.string(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  n: z.number().int(),
  reward_model: z.string().nullable(),
  feedback_id: Id.nullable(),
  acknowledged_by: z.string().nullable(),
  /** Whether the webhook took it; null when none is configured. */
  delivered: z.boolean().nullable(),
  created_at: Timestamp,
  resolved_at: Timestamp.nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const listAlerts = endpoint({
  id: 'listAlerts',
  room: 'watch',
  method: 'get',
  path: '/api/alerts',
  summary: 'Alerts, newest first',
  role: 'viewer',
  query: PageQuery.extend({ state: z.enum(['firing', 'resolved']).optional() }),
  response: pageOf(Alert),
  errors: ['invalid_cursor'],
});

export const acknowledgeAlert = endpoint({
  id: 'acknowledgeAlert',
  room: 'watch',
  method: 'post',
  path: '/api/alerts/:id/acknowledge',
  summary: 'Say that somebody looks after it; a safety report is resolved by it',
  role: 'curator',
  params: IdParams,
  response: Alert,
  errors: ['alert_not_found'],
});
