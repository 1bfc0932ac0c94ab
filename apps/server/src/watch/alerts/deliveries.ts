import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Job, Queue } from '../../platform/queue/queue.ts';
import { redact } from '../../platform/redact.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { SecretUnreadable } from '../../platform/secret-box.ts';
import { DeliveryRefused } from '../adapters/delivery-errors.ts';
import type { Sql } from '../sql.ts';
import { type AlertRow, findAlert } from './alert-store.ts';
import { alertView } from './alert-view.ts';
import { channelOf, channelsOf } from './channels.ts';
import {
  addDeliveries,
  beginningPending,
  type DeliveryRow,
  deliveriesOf,
  findDelivery,
  noteAttempt,
  pendingDeliveries,
} from './delivery-store.ts';
import { alertOutgoing } from './message.ts';
import { postTo, sendThrough } from './send-message.ts';

const DeliveryJob = z.object({ delivery_id: z.uuid() });

export interface DeliveryNeeds {
  readonly sql: Sql;
  readonly log: Log;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly box: SecretBox;
  /** The webhook of the server's settings, which hears of every organisation. */
  readonly settingsUrl: string | undefined;
  readonly allowPrivate: boolean;
}

const QUEUE = 'watch.alert-delivery';
/** About two hours in all: after 1 s, 2 s, 4 s … */
const RETRY = { limit: 12, delaySeconds: 1 };
/** How far back somebody looks for messages that were never sent. */
const MISSED_MS = 86_400_000;

/**
 * Tells channels about alerts. What is to be sent is written with the alert itself and goes out through the queue, so
 * that neither a restart nor a channel that is away loses a message, and of several replicas one sends it.
 */
export class Deliveries {
  readonly #needs: DeliveryNeeds;

  constructor(needs: DeliveryNeeds) {
    this.#needs = needs;
    needs.queue.define(QUEUE, (job) => this.#deliver(job), {
      retry: RETRY,
      timeoutSeconds: 60,
      concurrency: 4,
    });
  }

  /** Notes whom to tell that an alert fires: within the transaction that makes it. */
  async noteBeginning(within: Sql, alert: AlertRow, only: readonly string[] | null): Promise<string[]> {
    const channels = await channelsOf(within, alert.organization);
    const wanted = channels.filter(({ id, paused }) => !paused && (only === null || only.includes(id)));
    const settings = this.#needs.settingsUrl === undefined ? [] : [null];
    const ids = [...settings, ...wanted.map(({ id }) => id)];
    return await addDeliveries(within, alert, 'firing', ids, this.#needs.clock.now());
  }

  /** Notes whom to tell that an alert is over: those who were told that it fires. */
  async noteEnd(within: Sql, alert: AlertRow): Promise<string[]> {
    const told = await deliveriesOf(within, [alert.id]);
    const ids = told.filter(({ event }) => event === 'firing').map(({ channel_id }) => channel_id);
    return await addDeliveries(within, alert, 'resolved', ids, this.#needs.clock.now());
  }

  /** Sends what was noted. */
  async send(deliveryIds: readonly string[]): Promise<void> {
    for (const delivery_id of deliveryIds)
      await this.#needs.queue.send(QUEUE, { delivery_id }, { key: delivery_id });
  }

  /** Takes up what a crash kept from being sent. */
  async sendMissed(): Promise<void> {
    const { sql, clock } = this.#needs;
    await this.send(await pendingDeliveries(sql, new Date(clock.now().getTime() - MISSED_MS)));
  }

  async #deliver({ data, signal, attempt }: Job<object>): Promise<void> {
    const { sql, clock } = this.#needs;
    const row = await findDelivery(sql, DeliveryJob.parse(data).delivery_id);
    if (row?.state !== 'pending') return;
    // The end is told after the beginning, which sends it on its way.
    if (row.event === 'resolved' && (await beginningPending(sql, row))) return;
    try {
      await this.#attempt(row, signal);
    } catch (error) {
      const why = redact(error instanceof Error ? error.message : String(error));
      const isLast = attempt > RETRY.limit || isFinal(error);
      await noteAttempt(sql, row.id, { state: isLast ? 'failed' : 'pending', error: why }, clock.now());
      if (!isLast) throw error;
      this.#needs.log.error({ alert: row.alert_id, channel: row.channel_id, why }, 'an alert was not told');
      await this.#sendEnd(row);
      return;
    }
    await noteAttempt(sql, row.id, { state: 'delivered', error: null }, clock.now());
    await this.#sendEnd(row);
  }

  async #attempt(row: DeliveryRow, signal: AbortSignal): Promise<void> {
    const { sql, box, clock, settingsUrl, allowPrivate } = this.#needs;
    const found = await findAlert(sql, row.alert_id);
    if (found === undefined) return;
    const { organization } = found;
    const alert = { ...(await alertView(sql, found)), state: row.event, delivered: true };
    const message = alertOutgoing(row.id, { type: 'alert', organization, alert });
    const options = { allowPrivate, signal, now: clock.now() };
    if (row.channel_id !== null) {
      return await sendThrough(
        await channelOf(sql, { organization, id: row.channel_id }),
        box,
        message,
        options,
      );
    }
    if (settingsUrl !== undefined) await postTo(settingsUrl, message, options);
  }

  /** What waited for the beginning to be told goes now. */
  async #sendEnd(row: DeliveryRow): Promise<void> {
    if (row.event !== 'firing') return;
    const all = await deliveriesOf(this.#needs.sql, [row.alert_id]);
    const waiting = all.filter(
      ({ event, state, channel_id }) =>
        event === 'resolved' && state === 'pending' && channel_id === row.channel_id,
    );
    await this.send(waiting.map(({ id }) => id));
  }
}

/** Whether trying again cannot help. */
function isFinal(error: unknown): boolean {
  return error instanceof DeliveryRefused || error instanceof SecretUnreadable;
}
