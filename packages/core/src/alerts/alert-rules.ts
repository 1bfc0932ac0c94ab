import type { AlertKind, AlertRule, AlertRuleSettings } from '@attune/contracts';

/** What a kind of alert is: how its figures are meant, and its rule unless somebody changes it. */
export interface AlertRuleKind {
  readonly direction: AlertRule['direction'];
  readonly threshold_unit: AlertRule['threshold_unit'];
  readonly window_unit: AlertRule['window_unit'];
  /** Confidence of the interval that has to lie beyond the threshold; null where none decides. */
  readonly confidence: number | null;
  readonly ranges: AlertRule['ranges'];
  readonly defaults: AlertRuleSettings;
}

const range = (least: number, most: number) => ({ least, most });
const OBSERVATIONS = range(5, 100_000);

/** A rule about something that happens, without figures. */
function event(severity: AlertRuleSettings['severity']): AlertRuleKind {
  return {
    direction: null,
    threshold_unit: null,
    window_unit: null,
    confidence: null,
    ranges: {},
    defaults: {
      enabled: true,
      threshold: null,
      window: null,
      minimum_n: null,
      hysteresis: null,
      severity,
      channels: null,
    },
  };
}

/** A rule about a number that is looked at again and again. */
function figure(
  kind: Omit<AlertRuleKind, 'defaults'>,
  defaults: Omit<AlertRuleSettings, 'enabled' | 'channels'>,
): AlertRuleKind {
  return { ...kind, defaults: { enabled: true, channels: null, ...defaults } };
}

/**
 * Every kind of alert with its default rule. Confidence is 99.9 % where somebody looks every minute or with every
 * reaction, 99 % where once in an hour.
 */
export const alertRuleKinds: Readonly<Record<AlertKind, AlertRuleKind>> = {
  latency_p95: figure(
    {
      direction: 'above',
      threshold_unit: 'seconds',
      window_unit: 'hours',
      confidence: 0.999,
      ranges: { threshold: range(0.01, 3600), window: range(0.1, 168), minimum_n: OBSERVATIONS },
    },
    { threshold: 2, window: 1, minimum_n: 100, hysteresis: 0.2, severity: 'warning' },
  ),
  error_rate: figure(
    {
      direction: 'above',
      threshold_unit: 'share',
      window_unit: 'hours',
      confidence: 0.999,
      ranges: { threshold: range(0.0001, 1), window: range(0.1, 168), minimum_n: OBSERVATIONS },
    },
    { threshold: 0.01, window: 1, minimum_n: 100, hysteresis: 0.002, severity: 'critical' },
  ),
  feedback_rate: figure(
    {
      direction: 'above',
      threshold_unit: 'share',
      window_unit: 'days',
      confidence: 0.99,
      ranges: { threshold: range(0.01, 0.99), window: range(2, 28), minimum_n: OBSERVATIONS },
    },
    { threshold: 0.2, window: 7, minimum_n: 300, hysteresis: 0.05, severity: 'warning' },
  ),
  average_rating: figure(
    {
      direction: 'below',
      threshold_unit: 'stars',
      window_unit: 'reactions',
      confidence: 0.999,
      ranges: { threshold: range(1, 5), window: range(10, 1000), minimum_n: range(5, 1000) },
    },
    { threshold: 3.5, window: 50, minimum_n: 20, hysteresis: 0.1, severity: 'warning' },
  ),
  negative_spike: figure(
    {
      direction: 'above',
      threshold_unit: 'share',
      window_unit: 'reactions',
      confidence: null,
      ranges: { threshold: range(0.01, 0.9), window: range(20, 1000), minimum_n: OBSERVATIONS },
    },
    { threshold: 0.1, window: 100, minimum_n: 50, hysteresis: 0.05, severity: 'warning' },
  ),
  reward_shift: figure(
    {
      direction: 'above',
      threshold_unit: 'index',
      window_unit: 'days',
      confidence: 0.99,
      ranges: { threshold: range(0.01, 10), window: range(0.1, 28), minimum_n: OBSERVATIONS },
    },
    { threshold: 0.2, window: 1, minimum_n: 300, hysteresis: 0.05, severity: 'warning' },
  ),
  accuracy_fall: figure(
    {
      direction: 'above',
      threshold_unit: 'share',
      window_unit: 'days',
      confidence: 0.99,
      ranges: { threshold: range(0, 0.5), window: range(1, 90), minimum_n: OBSERVATIONS },
    },
    { threshold: 0.05, window: 14, minimum_n: 100, hysteresis: 0.03, severity: 'warning' },
  ),
  over_optimisation: figure(
    {
      direction: 'above',
      threshold_unit: 'deviations',
      window_unit: 'days',
      confidence: 0.99,
      ranges: { threshold: range(0, 10), window: range(1, 90), minimum_n: OBSERVATIONS },
    },
    { threshold: 0.3, window: 7, minimum_n: 100, hysteresis: 0.1, severity: 'critical' },
  ),
  safety_report: event('critical'),
  budget: figure(
    {
      direction: 'above',
      threshold_unit: 'share',
      window_unit: null,
      confidence: null,
      ranges: { threshold: range(0.01, 1) },
    },
    { threshold: 0.9, window: null, minimum_n: null, hysteresis: 0.05, severity: 'warning' },
  ),
  job_lost: event('warning'),
  disk: figure(
    {
      direction: 'below',
      threshold_unit: 'share',
      window_unit: null,
      confidence: null,
      ranges: { threshold: range(0.001, 0.999) },
    },
    { threshold: 0.1, window: null, minimum_n: null, hysteresis: 0.02, severity: 'critical' },
  ),
  model_ready: event('info'),
  experiment_ended: event('info'),
  self_test: event('warning'),
  ramp_rolled_back: event('warning'),
  ramp_held: event('warning'),
  retraining_paused: event('warning'),
};

/** What is wrong with a rule of a kind: the field and the reason; null when nothing is. */
export function ruleFault(
  kind: AlertKind,
  settings: AlertRuleSettings,
): { field: 'threshold' | 'window' | 'minimum_n' | 'hysteresis'; reason: string } | null {
  const { defaults, ranges } = alertRuleKinds[kind];
  for (const field of ['threshold', 'window', 'minimum_n', 'hysteresis'] as const) {
    const value = settings[field];
    const has = defaults[field] !== null;
    if (has !== (value !== null)) return { field, reason: has ? 'must be a number' : `${kind} has none` };
    const allowed = field === 'hysteresis' ? undefined : ranges[field];
    if (value === null || allowed === undefined) continue;
    if (value < allowed.least || value > allowed.most)
      return { field, reason: `must lie between ${allowed.least} and ${allowed.most}` };
  }
  return null;
}
