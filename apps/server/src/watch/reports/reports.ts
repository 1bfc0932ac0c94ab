import type { Report, ReportKind } from '@attune/contracts';
import { lastDueSpan, type ReportSpan, recentSpan } from '@attune/core';
import type { Clock } from '../../platform/clock.ts';
import type { Audit } from '../../platform/identity/audit.ts';
import type { Log } from '../../platform/log.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import type { Sql } from '../sql.ts';
import { gatherContent } from './gather-content.ts';
import { actionsFor } from './report-actions.ts';
import { ReportDeliveries } from './report-deliveries.ts';
import type { ReportSources } from './report-sources.ts';
import { insertReport, isMade, type ReportRow } from './report-store.ts';
import { reportView } from './report-view.ts';

export interface ReportNeeds {
  readonly sql: Sql;
  readonly log: Log;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly audit: Audit;
  readonly box: SecretBox;
  readonly allowPrivate: boolean;
  readonly sources: ReportSources;
}

/** Queues of their own: a schedule waits while the job before it runs. */
const [DUE, EVERY_HOUR] = ['watch.reports-due', 'watch.reports-due-hourly'];
const kinds: readonly ReportKind[] = ['week', 'month'];

/** Reports on a week or a month: by the clock, once over all replicas, or when somebody asks. */
export class Reports {
  readonly #needs: ReportNeeds;
  readonly #deliveries: ReportDeliveries;

  constructor(needs: ReportNeeds) {
    this.#needs = needs;
    this.#deliveries = new ReportDeliveries({ ...needs, view: (row) => this.view(row) });
    for (const queue of [DUE, EVERY_HOUR])
      needs.queue.define(queue, () => this.#makeDue(), { timeoutSeconds: 3600 });
  }

  /** Looks each hour for what is due, and now for what was missed while no server ran. */
  async start(): Promise<void> {
    const { queue } = this.#needs;
    await queue.schedule(EVERY_HOUR, '1 * * * *', {});
    await queue.send(DUE, {}, { key: 'start' });
    await this.#deliveries.sendMissed();
  }

  /** Makes a report on the last days, with today. @throws AttuneError `scoring_unavailable`, `overloaded` */
  async makeNow(organization: string, kind: ReportKind, by: string): Promise<Report> {
    const span = recentSpan(kind, this.#needs.clock.now());
    const row = await this.#make(organization, kind, span, by);
    if (row === undefined) throw new Error('a report that somebody asks for is always a new one');
    return await this.view(row);
  }

  /** A report as it is shown now. */
  view(row: ReportRow): Promise<Report> {
    return reportView(this.#needs.sql, this.#needs.sources, row);
  }

  /** One report that cannot be made keeps none of the others from it; it is tried again in an hour. */
  async #makeDue(): Promise<void> {
    const { sql, clock, log } = this.#needs;
    const organizations = await sql.selectFrom('organizations').select(['id', 'created_at']).execute();
    for (const { id, created_at } of organizations) {
      for (const kind of kinds) {
        const span = lastDueSpan(kind, clock.now());
        // Who was not there yet has nothing to hear of it.
        if (created_at >= span.to || (await isMade(sql, id, kind, span.to))) continue;
        await this.#make(id, kind, span, null).catch((error: unknown) =>
          log.error({ err: error, organization: id, kind }, 'a report cannot be made'),
        );
      }
    }
  }

  /** Undefined when another replica was quicker. */
  async #make(
    organization: string,
    kind: ReportKind,
    span: ReportSpan,
    by: string | null,
  ): Promise<ReportRow | undefined> {
    const { sql, sources, clock, audit } = this.#needs;
    const gathered = await gatherContent(sql, sources, organization, span);
    const actions = await actionsFor(sources, { organization, from: span.from, to: span.to }, gathered);
    const report = { organization, kind, span, content: gathered.content, actions, by };
    const made = await sql.transaction().execute(async (transaction) => {
      const row = await insertReport(transaction, report, clock.now());
      if (row === undefined) return undefined;
      const act = { organization, actor: by ?? 'system', action: 'report.made', subject: `report:${row.id}` };
      await audit.record({ ...act, details: { kind, to: span.to.toISOString() } }, transaction);
      return { row, told: await this.#deliveries.note(transaction, row) };
    });
    if (made !== undefined) await this.#deliveries.send(made.told);
    return made?.row;
  }
}
