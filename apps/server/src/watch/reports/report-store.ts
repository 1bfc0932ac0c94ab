import type { ReportAction, ReportContent, ReportKind } from '@attune/contracts';
import { AttuneError } from '@attune/contracts';
import type { ReportSpan } from '@attune/core';
import type { Selectable } from 'kysely';
import { storableJson } from '../../platform/db/storable.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Sql } from '../sql.ts';

export type ReportRow = Selectable<Tables['reports']>;
export type ActionDone = Selectable<Tables['report_actions_done']>;

/** A report that is to be kept. */
export interface NewReport {
  readonly organization: string;
  readonly kind: ReportKind;
  readonly span: ReportSpan;
  readonly content: ReportContent;
  readonly actions: readonly ReportAction[];
  /** Null for the clock. */
  readonly by: string | null;
}

/** Keeps a report; undefined when the clock has made the same one already. */
export function insertReport(db: Sql, report: NewReport, now: Date): Promise<ReportRow | undefined> {
  const { organization, kind, span, content, actions, by } = report;
  return db
    .insertInto('reports')
    .values({
      id: newId(),
      organization,
      kind,
      from_at: span.from,
      to_at: span.to,
      before_at: span.before,
      content: storableJson(content),
      actions: storableJson(actions),
      made_by: by,
      created_at: now,
    })
    .onConflict((same) =>
      same.columns(['organization', 'kind', 'to_at']).where('made_by', 'is', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Whether the clock has made the report of a period. */
export async function isMade(db: Sql, organization: string, kind: ReportKind, to: Date): Promise<boolean> {
  const row = await db
    .selectFrom('reports')
    .select('id')
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .where('to_at', '=', to)
    .where('made_by', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** @throws AttuneError `report_not_found` */
export async function reportOf(db: Sql, key: { organization: string; id: string }): Promise<ReportRow> {
  const row = await db
    .selectFrom('reports')
    .selectAll()
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .executeTakeFirst();
  if (row === undefined) throw new AttuneError('report_not_found', { param: 'id' });
  return row;
}

/** Newest first. */
export function listReports(
  db: Sql,
  organization: string,
  filter: { kind?: ReportKind | undefined; before: string | undefined; limit: number },
): Promise<ReportRow[]> {
  let rows = db.selectFrom('reports').selectAll().where('organization', '=', organization);
  if (filter.kind !== undefined) rows = rows.where('kind', '=', filter.kind);
  if (filter.before !== undefined) rows = rows.where('id', '<', filter.before);
  return rows.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** What was done of what some reports propose. */
export async function actionsDone(db: Sql, reportIds: readonly string[]): Promise<ActionDone[]> {
  if (reportIds.length === 0) return [];
  return await db
    .selectFrom('report_actions_done')
    .selectAll()
    .where('report_id', 'in', [...reportIds])
    .execute();
}

/** Notes that an action was done; whether nobody had before. */
export async function noteDone(db: Sql, done: ActionDone): Promise<boolean> {
  const row = await db
    .insertInto('report_actions_done')
    .values(done)
    .onConflict((same) => same.columns(['report_id', 'action_id']).doNothing())
    .returning('action_id')
    .executeTakeFirst();
  return row !== undefined;
}
