import type { AlertKind } from '@attune/contracts';
import type { Clock } from '../platform/clock.ts';
import { type AlertRow, fire, type Sql } from './store.ts';

/** What happened by itself, for people to see among the alerts. */
export interface Notice {
  readonly organization: string;
  readonly kind: Extract<AlertKind, 'model_ready' | 'retraining_paused' | 'experiment_ended'>;
  readonly model: string;
  readonly message: string;
}

export interface NoticeNeeds {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly hasWebhook: boolean;
  readonly changed: (alert: AlertRow) => Promise<void>;
}

/** Puts a notice among the alerts, until somebody has seen it. The same one, told again before, stays one. */
export async function post(needs: NoticeNeeds, notice: Notice): Promise<void> {
  const { organization, kind, model, message } = notice;
  const delivered = needs.hasWebhook ? false : null;
  const figures = { value: null, threshold: null, n: 0, feedbackId: null, delivered };
  const alert = { organization, kind, rewardModel: model, message, ...figures };
  const fired = await fire(needs.sql, alert, needs.clock.now());
  if (fired !== undefined) await needs.changed(fired);
}
