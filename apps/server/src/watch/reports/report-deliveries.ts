import type { Report } from '@attune/contracts';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Job, Queue } from '../../platform/queue/queue.ts';
import { redact } from '../../platform/redact.ts';
import { type SecretBox, SecretUnreadable } from '../../platform/secret-box.ts';
import { DeliveryRefused } from '../adapters/delivery-errors.ts';
import { channelOf, channelsOf } from '../alerts/channels.ts';
import { sendThrough } from '../alerts/send-message.ts';
import type { Sql } from '../sql.ts';
import {
  addReportDeliveries,
  findReportDelivery,
  noteReportDelivery,
  pendingReportDeliveries,
} from './report-delivery-store.ts';
import { reportOutgoing } from './report-message.ts';
import { type ReportRow, reportOf } from './report-store.ts';

export interface ReportDeliveryNeeds {
  readonly sql: Sql;
  readonly log: Log;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly box: SecretBox;
  readonly allowPrivate: boolean;
  /** A report as it is shown now. */
  readonly view: (row: ReportRow) => Promise<Report>;
}

const DeliveryJob = z.object({ delivery_id: z.uuid() });
const QUEUE = 'watch.report-delivery';
/** About two hours in all: after 1 s, 2 s, 4 s … */
const RETRY = { limit: 12, delaySeconds: 1 };
/** How far back somebody looks for reports that were never sent. */
const MISSED_MS = 86_400_000;

/**
 * Sends reports through the channels that are chosen for them. What is to be sent is written with the report itself, so
 * that neither a restart nor a channel that is away loses one, and of several replicas one sends it.
 */
export class ReportDeliveries {
  readonly #needs: ReportDeliveryNeeds;

  constructor(needs: ReportDeliveryNeeds) {
    this.#needs = needs;
    needs.queue.define(QUEUE, (job) => this.#deliver(job), { retry: RETRY, timeoutSeconds: 60 });
  }

  /** Notes whom to send a report to: within the transaction that makes it. */
  async note(within: Sql, { id, organization }: ReportRow): Promise<string[]> {
    const channels = await channelsOf(within, organization);
    const wanted = channels.filter(({ reports, paused }) => reports && !paused).map((channel) => channel.id);
    return await addReportDeliveries(within, { id, organization }, wanted, this.#needs.clock.now());
  }

  /** Sends what was noted. */
  async send(deliveryIds: readonly string[]): Promise<void> {
    for (const delivery_id of deliveryIds)
      await this.#needs.queue.send(QUEUE, { delivery_id }, { key: delivery_id });
  }

  /** Takes up what a crash kept from being sent. */
  async sendMissed(): Promise<void> {
    const { sql, clock } = this.#needs;
    await this.send(await pendingReportDeliveries(sql, new Date(clock.now().getTime() - MISSED_MS)));
  }

  async #deliver({ data, signal, attempt }: Job<object>): Promise<void> {
    const { sql, clock, log } = this.#needs;
    const row = await findReportDelivery(sql, DeliveryJob.parse(data).delivery_id);
    if (row?.state !== 'pending') return;
    try {
      await this.#attempt(row, signal);
    } catch (error) {
      const why = redact(error instanceof Error ? error.message : String(error));
      const isLast =
        attempt > RETRY.limit || error instanceof DeliveryRefused || error instanceof SecretUnreadable;
      await noteReportDelivery(
        sql,
        row.id,
        { state: isLast ? 'failed' : 'pending', error: why },
        clock.now(),
      );
      if (!isLast) throw error;
      log.error({ report: row.report_id, channel: row.channel_id, why }, 'a report was not sent');
      return;
    }
    await noteReportDelivery(sql, row.id, { state: 'delivered', error: null }, clock.now());
  }

  async #attempt(
    row: { id: string; organization: string; report_id: string; channel_id: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { sql, box, clock, allowPrivate, view } = this.#needs;
    const { organization } = row;
    const report = await view(await reportOf(sql, { organization, id: row.report_id }));
    const channel = await channelOf(sql, { organization, id: row.channel_id });
    const message = reportOutgoing(row.id, organization, report);
    await sendThrough(channel, box, message, { allowPrivate, signal, now: clock.now() });
  }
}
