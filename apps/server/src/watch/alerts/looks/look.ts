import type { AlertKind, AlertRule } from '@attune/contracts';
import { type AlertState, alertRuleKinds, type Threshold } from '@attune/core';
import type { Sql } from '../../sql.ts';
import type { Finding } from '../finding.ts';
import type { AlertSources } from './alert-sources.ts';

/** What a look works with. */
export interface LookAt {
  readonly organization: string;
  readonly rule: AlertRule;
  readonly sql: Sql;
  readonly sources: AlertSources;
  readonly now: Date;
  /** Whether the alert on a subject fires already. */
  readonly stateOf: (subject: string) => AlertState;
}

/** Looks at one rule of one organisation. */
export type Look = (at: LookAt) => Promise<Finding[]>;

/** The figures of a rule that decides by them. */
export function thresholdOf({ direction, threshold, hysteresis, minimum_n }: AlertRule): Threshold {
  return {
    direction: direction ?? 'above',
    threshold: threshold ?? 0,
    hysteresis: hysteresis ?? 0,
    minimum_n: minimum_n ?? 0,
  };
}

/** Confidence of the interval that decides on a kind. */
export function confidenceOf(kind: AlertKind): number {
  return alertRuleKinds[kind].confidence ?? 0.95;
}

const HOUR_MS = 3_600_000;

/** Milliseconds of a rule's window; 0 for one of reactions. */
export function windowMs({ window, window_unit }: AlertRule): number {
  if (window === null || window_unit === 'reactions' || window_unit === null) return 0;
  return window * (window_unit === 'days' ? 24 : 1) * HOUR_MS;
}

/** `1 hour`, `7 days` */
export function windowText({ window, window_unit }: AlertRule): string {
  const unit = window === 1 ? window_unit?.replace(/s$/, '') : window_unit;
  return `${window} ${unit}`;
}
