import { z } from 'zod';
import { EstimateSchema, Id, IdParams, PageQuery, pageOf, Timestamp, WrittenText } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const AlertKind = z.enum([
  'latency_p95',
  'error_rate',
  'feedback_rate',
  'average_rating',
  'negative_spike',
  'reward_shift',
  'accuracy_fall',
  /** Rewards rise while people's ratings of the same answers do not. */
  'over_optimisation',
  'safety_report',
  'budget',
  'job_lost',
  'disk',
  /** A rule has trained a model, which waits as `testing`. */
  'model_ready',
  /** An experiment ended by itself: its time was over, or the treatment did harm. */
  'experiment_ended',
  /** The standing A/A test found a difference between two arms that get the same. */
  'self_test',
  /** A guard or a person took all traffic from a model. */
  'ramp_rolled_back',
  /** People do not come to a ramp's models as planned: somebody has to decide. */
  'ramp_held',
  /** A rule of retraining has failed three times in a row. */
  'retraining_paused',
]);
export type AlertKind = z.infer<typeof AlertKind>;

export const AlertSeverity = z.enum(['info', 'warning', 'critical']);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** A number that the alert was decided on, with its interval at the rule's confidence. */
export const AlertEvidence = EstimateSchema.extend({ name: z.string() });
export type AlertEvidence = z.infer<typeof AlertEvidence>;

/** How one message about an alert went out. */
export const AlertDelivery = z.object({
  /** Name of the channel; null for the webhook of the server's settings. */
  channel: z.string().nullable(),
  event: z.enum(['firing', 'resolved']),
  /** `failed` once it will not be tried again. */
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number().int(),
  error: z.string().nullable(),
});
export type AlertDelivery = z.infer<typeof AlertDelivery>;

export const Alert = z.object({
  id: Id,
  kind: AlertKind,
  severity: AlertSeverity,
  state: z.enum(['firing', 'resolved']),
  message: z.string(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  n: z.number().int(),
  evidence: z.array(AlertEvidence),
  /** What it is about, within its kind: a model, a feedback; empty for the whole organisation. */
  subject: z.string(),
  reward_model: z.string().nullable(),
  feedback_id: Id.nullable(),
  /** How often it was found while it was open, and when last. */
  seen: z.number().int(),
  last_seen_at: Timestamp,
  acknowledged_by: z.string().nullable(),
  acknowledged_at: Timestamp.nullable(),
  /** Nobody is told before. */
  silenced_until: Timestamp.nullable(),
  /** Whether every channel took it; null when there is none to tell. */
  delivered: z.boolean().nullable(),
  deliveries: z.array(AlertDelivery),
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
  query: PageQuery.extend({
    state: z.enum(['firing', 'resolved']).optional(),
    kind: AlertKind.optional(),
    severity: AlertSeverity.optional(),
    acknowledged: z.enum(['true', 'false']).optional(),
    since: Timestamp.optional(),
  }),
  response: pageOf(Alert),
  errors: ['invalid_cursor'],
});

export const acknowledgeAlert = endpoint({
  id: 'acknowledgeAlert',
  room: 'watch',
  method: 'post',
  path: '/api/alerts/:id/acknowledge',
  summary:
    'Say that somebody looks after it; what only had to be seen, as a safety report, is resolved by it',
  role: 'curator',
  params: IdParams,
  response: Alert,
  errors: ['alert_not_found'],
});

/** What a rule can be told. Figures that its kind does not have are null. */
export const AlertRuleSettings = z.object({
  enabled: z.boolean(),
  threshold: z.number().nullable(),
  window: z.number().nullable(),
  minimum_n: z.number().int().nullable(),
  hysteresis: z.number().min(0).nullable(),
  severity: AlertSeverity,
  /** Channels that are told; null for all of them. */
  channels: z.array(Id).max(50).nullable(),
});
export type AlertRuleSettings = z.infer<typeof AlertRuleSettings>;

/** The range of a figure that can be set. */
const Range = z.object({ least: z.number(), most: z.number() });

export const AlertRule = AlertRuleSettings.extend({
  kind: AlertKind,
  /** The side of the threshold that is bad; null where there is none. */
  direction: z.enum(['above', 'below']).nullable(),
  threshold_unit: z.enum(['seconds', 'share', 'stars', 'index', 'deviations']).nullable(),
  window_unit: z.enum(['hours', 'days', 'reactions']).nullable(),
  ranges: z.object({ threshold: Range, window: Range, minimum_n: Range }).partial(),
  /** Whether it differs from what it is by default. */
  changed: z.boolean(),
  updated_by: z.string().nullable(),
  updated_at: Timestamp.nullable(),
});
export type AlertRule = z.infer<typeof AlertRule>;

const KindParams = z.object({ kind: AlertKind });

export const alertRules = endpoint({
  id: 'alertRules',
  room: 'watch',
  method: 'get',
  path: '/api/alert-rules',
  summary: 'The rule of every kind of alert, as it holds in your organisation',
  role: 'viewer',
  response: z.object({ items: z.array(AlertRule) }),
  errors: [],
});

export const updateAlertRule = endpoint({
  id: 'updateAlertRule',
  room: 'watch',
  method: 'patch',
  path: '/api/alert-rules/:kind',
  summary: 'Change a rule, or switch it off: what it has open then ends',
  role: 'admin',
  params: KindParams,
  body: AlertRuleSettings.partial(),
  response: AlertRule,
  errors: ['invalid_request', 'alert_channel_not_found'],
});

export const resetAlertRule = endpoint({
  id: 'resetAlertRule',
  room: 'watch',
  method: 'post',
  path: '/api/alert-rules/:kind/reset',
  summary: 'Make a rule what it is by default',
  role: 'admin',
  params: KindParams,
  response: AlertRule,
  errors: [],
});

const ChannelName = WrittenText(100);
/** Whether weekly and monthly reports go there too. */
const Reports = z.boolean();
const HttpUrl = z.url({ protocol: /^https?$/ }).max(2000);
const MailAddress = z.email().max(254);

const Smtp = {
  host: z.hostname().max(253),
  port: z.number().int().min(1).max(65_535),
  /** `tls` from the start, `starttls` required, or `none`. */
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  username: z.string().min(1).max(200).nullable().default(null),
  from: MailAddress,
  to: z.array(MailAddress).min(1).max(20),
};
const Password = z.string().min(1).max(500);
/** Signs what is posted: `whsec_` and at least 24 bytes in base64. */
const SigningSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,100}={0,2}$/, 'must be whsec_ and base64');

export const NewAlertChannel = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('webhook'),
    name: ChannelName,
    reports: Reports.default(false),
    url: HttpUrl,
    secret: SigningSecret.optional(),
  }),
  z.object({ kind: z.literal('slack'), name: ChannelName, reports: Reports.default(false), url: HttpUrl }),
  z.object({
    kind: z.literal('email'),
    name: ChannelName,
    reports: Reports.default(false),
    ...Smtp,
    password: Password.optional(),
  }),
]);
export type NewAlertChannel = z.infer<typeof NewAlertChannel>;

const paused = z.boolean().optional();
const { host, port, from, to } = Smtp;
/** What is left out stays as it is, secrets among it. */
export const AlertChannelChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('webhook'),
    name: ChannelName.optional(),
    paused,
    reports: Reports.optional(),
    url: HttpUrl.optional(),
    secret: SigningSecret.optional(),
  }),
  z.object({
    kind: z.literal('slack'),
    name: ChannelName.optional(),
    paused,
    reports: Reports.optional(),
    url: HttpUrl.optional(),
  }),
  z.object({
    kind: z.literal('email'),
    name: ChannelName.optional(),
    paused,
    reports: Reports.optional(),
    host: host.optional(),
    port: port.optional(),
    security: Smtp.security.unwrap().optional(),
    username: Smtp.username.unwrap().optional(),
    from: from.optional(),
    to: to.optional(),
    password: Password.optional(),
  }),
]);
export type AlertChannelChange = z.infer<typeof AlertChannelChange>;

/** A channel without its secrets; addresses of webhooks are secrets too, as many hold a token. */
export const AlertChannel = z.object({
  id: Id,
  kind: z.enum(['webhook', 'slack', 'email']),
  name: z.string(),
  paused: z.boolean(),
  reports: Reports,
  /** Host that it goes to. */
  target: z.string(),
  email: z
    .object({
      host: z.string(),
      port: z.number().int(),
      security: z.enum(['tls', 'starttls', 'none']),
      username: z.string().nullable(),
      from: z.string(),
      to: z.array(z.string()),
    })
    .nullable(),
  last_delivery: z
    .object({
      state: AlertDelivery.shape.state,
      error: z.string().nullable(),
      at: Timestamp,
    })
    .nullable(),
  created_at: Timestamp,
});
export type AlertChannel = z.infer<typeof AlertChannel>;

export const alertChannels = endpoint({
  id: 'alertChannels',
  room: 'watch',
  method: 'get',
  path: '/api/alert-channels',
  summary: 'Where alerts are told, without secrets',
  role: 'admin',
  response: z.object({ items: z.array(AlertChannel) }),
  errors: [],
});

export const createAlertChannel = endpoint({
  id: 'createAlertChannel',
  room: 'watch',
  method: 'post',
  path: '/api/alert-channels',
  summary:
    'Add a webhook, a Slack webhook or an e-mail address; the secret that signs a webhook is shown this once',
  role: 'admin',
  body: NewAlertChannel,
  response: z.object({ channel: AlertChannel, secret: z.string().nullable() }),
  status: 201,
  secretAnswer: true,
  errors: ['alert_channels_full'],
});

export const updateAlertChannel = endpoint({
  id: 'updateAlertChannel',
  room: 'watch',
  method: 'patch',
  path: '/api/alert-channels/:id',
  summary: 'Change or pause a channel; what is left out stays as it is',
  role: 'admin',
  params: IdParams,
  body: AlertChannelChange,
  response: AlertChannel,
  errors: ['alert_channel_not_found', 'invalid_request'],
});

export const deleteAlertChannel = endpoint({
  id: 'deleteAlertChannel',
  room: 'watch',
  method: 'delete',
  path: '/api/alert-channels/:id',
  summary: 'Remove a channel',
  role: 'admin',
  params: IdParams,
  response: z.object({ ok: z.literal(true) }),
  errors: ['alert_channel_not_found'],
});

export const testAlertChannel = endpoint({
  id: 'testAlertChannel',
  room: 'watch',
  method: 'post',
  path: '/api/alert-channels/:id/test',
  summary: 'Send a message through a channel now and say how it went',
  role: 'admin',
  params: IdParams,
  response: z.object({ delivered: z.boolean(), error: z.string().nullable() }),
  errors: ['alert_channel_not_found'],
});

export const AlertSilence = z.object({
  id: Id,
  /** Null for every kind. */
  kind: AlertKind.nullable(),
  /** Null for every subject. */
  subject: z.string().nullable(),
  reason: z.string(),
  until: Timestamp,
  created_by: z.string(),
  created_at: Timestamp,
  ended_by: z.string().nullable(),
});
export type AlertSilence = z.infer<typeof AlertSilence>;

export const listAlertSilences = endpoint({
  id: 'listAlertSilences',
  room: 'watch',
  method: 'get',
  path: '/api/alert-silences',
  summary: 'Silences, newest first; those that are over too',
  role: 'viewer',
  query: PageQuery.extend({ active: z.enum(['true', 'false']).optional() }),
  response: pageOf(AlertSilence),
  errors: ['invalid_cursor'],
});

export const silenceAlerts = endpoint({
  id: 'silenceAlerts',
  room: 'watch',
  method: 'post',
  path: '/api/alert-silences',
  summary:
    'Tell nobody about a kind of alert, or about one subject of it, for some hours; alerts are listed all the same',
  role: 'curator',
  body: z.object({
    kind: AlertKind.nullable().default(null),
    subject: z.string().max(500).nullable().default(null),
    hours: z
      .number()
      .positive()
      .max(24 * 90),
    reason: WrittenText(500),
  }),
  response: AlertSilence,
  status: 201,
  errors: [],
});

export const endAlertSilence = endpoint({
  id: 'endAlertSilence',
  room: 'watch',
  method: 'delete',
  path: '/api/alert-silences/:id',
  summary: 'End a silence now',
  role: 'curator',
  params: IdParams,
  response: AlertSilence,
  errors: ['alert_silence_not_found'],
});
