import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Queue } from '../platform/queue/queue.ts';
import { postWebhook, WebhookRefused } from './adapters/webhook-post.ts';
import { toAlert } from './alert-view.ts';
import { type AlertRow, findAlert, markDelivered, type Sql, undelivered } from './store.ts';

/** One message to the webhook: an alert that fired or was resolved. */
const WebhookJob = z.object({ alert_id: z.uuid(), state: z.enum(['firing', 'resolved']) });
type WebhookJob = z.infer<typeof WebhookJob>;

export interface WebhookNeeds {
  readonly sql: Sql;
  readonly log: Log;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly url: string;
  readonly allowPrivate: boolean;
}

const QUEUE = 'watch.alert-webhook';
const TIMEOUT_MS = 10_000;
/** About two hours in all: after 1 s, 2 s, 4 s … */
const RETRY = { limit: 12, delaySeconds: 1 };
/** How far back a start looks for alerts that nobody was told about. */
const MISSED_MS = 86_400_000;

/** Tells a webhook about alerts, through the queue, so that neither a restart nor a webhook that is away loses one. */
export class AlertWebhook {
  readonly #needs: WebhookNeeds;

  constructor(needs: WebhookNeeds) {
    this.#needs = needs;
    needs.queue.define(QUEUE, ({ data, signal }) => this.#deliver(WebhookJob.parse(data), signal), {
      retry: RETRY,
      timeoutSeconds: 60,
      concurrency: 4,
    });
  }

  /** Sends the alert as it is now; once per state, whoever asks. */
  async tell({ id, state }: AlertRow): Promise<void> {
    const job: WebhookJob = { alert_id: id, state };
    await this.#needs.queue.send(QUEUE, job, { key: `${id}/${state}` });
  }

  /** Takes up what a crash kept from being sent. */
  async start(): Promise<void> {
    const since = new Date(this.#needs.clock.now().getTime() - MISSED_MS);
    for (const alert of await undelivered(this.#needs.sql, since))
      await this.tell({ ...alert, state: 'firing' });
  }

  /** Posts `{type: "alert", organization, alert}`, the alert as GET /api/alerts shows it. */
  async #deliver({ alert_id, state }: WebhookJob, signal: AbortSignal): Promise<void> {
    const { sql, log, url, allowPrivate } = this.#needs;
    const row = await findAlert(sql, alert_id);
    if (row === undefined || (state === 'firing' && row.delivered === true)) return;
    const alert = { ...toAlert(row), state, delivered: true };
    try {
      const body = { type: 'alert', organization: row.organization, alert };
      await postWebhook(body, { url, allowPrivate, timeoutMs: TIMEOUT_MS, signal });
    } catch (error) {
      if (!(error instanceof WebhookRefused)) throw error;
      log.error({ err: error, alert: alert_id }, 'alerts may not be posted to this webhook');
      return;
    }
    if (state === 'firing') await markDelivered(sql, alert_id);
  }
}
