import type { ShadowEnd } from '@attune/contracts';
import { type Insertable, sql as raw, type Selectable, type Updateable } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { formatUuidV7 } from '../../platform/ids.ts';

type Sql = Database['sql'];
export type ShadowRow = Selectable<Tables['shadows']>;
export type ShadowAnswerRow = Selectable<Tables['shadow_answers']>;
type Key = Pick<ShadowRow, 'id' | 'organization'>;

/** Starts of an organisation's shadows follow each other; released with the transaction. */
export async function lockShadows(transaction: Sql, organization: string): Promise<void> {
  const key = `attune.shadows.${organization}`;
  await raw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(transaction);
}

export async function insertShadow(sql: Sql, row: Insertable<Tables['shadows']>): Promise<ShadowRow> {
  return await sql.insertInto('shadows').values(row).returningAll().executeTakeFirstOrThrow();
}

/** Models of an organisation that shadow now. */
export async function runningShadows(sql: Sql, organization: string): Promise<ShadowRow[]> {
  return await sql
    .selectFrom('shadows')
    .selectAll()
    .where('organization', '=', organization)
    .where('status', '=', 'running')
    .execute();
}

export function newestShadow(
  sql: Sql,
  organization: string,
  modelId: string,
): Promise<ShadowRow | undefined> {
  return sql
    .selectFrom('shadows')
    .selectAll()
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** Takes up every running shadow whose time has come; until `until` it is this replica's alone. */
export function claimShadows(sql: Sql, now: Date, until: Date): Promise<ShadowRow[]> {
  return sql
    .updateTable('shadows')
    .set({ next_look_at: until })
    .where('status', '=', 'running')
    .where((is) => is.or([is('next_look_at', 'is', null), is('next_look_at', '<=', now)]))
    .returningAll()
    .execute();
}

export async function updateShadow(
  sql: Sql,
  { id, organization }: Key,
  change: Updateable<Tables['shadows']>,
): Promise<void> {
  await sql
    .updateTable('shadows')
    .set(change)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .execute();
}

/** Ends a running shadow; undefined where it has ended already. */
export function endRunning(
  sql: Sql,
  { id, organization }: Key,
  reason: ShadowEnd,
  at: Date,
): Promise<ShadowRow | undefined> {
  return sql
    .updateTable('shadows')
    .set({ status: reason === 'by_hand' ? 'stopped' : 'completed', reason, ended_at: at })
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .returningAll()
    .executeTakeFirst();
}

/** Moves on to where everything is settled, and counts what was not come to before. */
export async function settle(sql: Sql, { id, organization }: Key, to: Date, dropped: number): Promise<void> {
  await sql
    .updateTable('shadows')
    .set((row) => ({ settled_to: to, dropped: row('dropped', '+', dropped) }))
    .where('organization', '=', organization)
    .where('id', '=', id)
    .execute();
}

/** Keeps what a shadow gave; an answer that is there already stays as it is. */
export async function insertShadowAnswers(
  sql: Sql,
  rows: readonly Insertable<Tables['shadow_answers']>[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql
    .insertInto('shadow_answers')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['shadow_id', 'response_id']).doNothing())
    .execute();
}

/** Answers that a shadow has come to, of those asked for in a span of time; null for until now. */
export async function comeTo(
  sql: Sql,
  { id, organization }: Key,
  from: Date,
  to: Date | null,
): Promise<string[]> {
  let rows = sql
    .selectFrom('shadow_answers')
    .select('response_id')
    .where('organization', '=', organization)
    .where('shadow_id', '=', id)
    .where('response_id', '>=', formatUuidV7(from.getTime(), 0, 0n));
  if (to !== null) rows = rows.where('response_id', '<', formatUuidV7(to.getTime(), 0, 0n));
  return (await rows.execute()).map(({ response_id }) => response_id);
}

/** How far a shadow is. */
export interface ShadowCounts {
  readonly scored: number;
  readonly failed: number;
  readonly disagreements: number;
  /** Answers that it came to in the hour and in the minute before a moment. */
  readonly hour: number;
  readonly minute: number;
}

export async function shadowCounts(sql: Sql, { id, organization }: Key, now: Date): Promise<ShadowCounts> {
  const since = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  return await sql
    .selectFrom('shadow_answers')
    .select([
      raw<number>`(count(*) FILTER (WHERE error IS NULL))::int`.as('scored'),
      raw<number>`(count(*) FILTER (WHERE error IS NOT NULL))::int`.as('failed'),
      raw<number>`(count(*) FILTER (WHERE margin > 0))::int`.as('disagreements'),
      raw<number>`(count(*) FILTER (WHERE scored_at > ${since(3600)}::timestamptz))::int`.as('hour'),
      raw<number>`(count(*) FILTER (WHERE scored_at > ${since(60)}::timestamptz))::int`.as('minute'),
    ])
    .where('organization', '=', organization)
    .where('shadow_id', '=', id)
    .executeTakeFirstOrThrow();
}

/** All that a shadow scored. */
export function scoredAnswers(sql: Sql, { id, organization }: Key): Promise<ShadowAnswerRow[]> {
  return sql
    .selectFrom('shadow_answers')
    .selectAll()
    .where('organization', '=', organization)
    .where('shadow_id', '=', id)
    .where('error', 'is', null)
    .execute();
}

/** Answers in whose place a shadow would have delivered something else, the clearest first. */
export function disagreements(
  sql: Sql,
  { id, organization }: Key,
  { after, unjudged = false, limit }: { after?: Place | undefined; unjudged?: boolean; limit: number },
): Promise<ShadowAnswerRow[]> {
  let rows = sql
    .selectFrom('shadow_answers')
    .selectAll()
    .where('organization', '=', organization)
    .where('shadow_id', '=', id)
    .where('margin', '>', 0);
  if (unjudged) rows = rows.where('judged', '=', false);
  if (after !== undefined) {
    rows = rows.where(
      raw<boolean>`(margin, response_id) < (${after.margin}::float8, ${after.responseId}::uuid)`,
    );
  }
  return rows.orderBy('margin', 'desc').orderBy('response_id', 'desc').limit(limit).execute();
}

/** Where a page of disagreements ended. */
export interface Place {
  readonly margin: number;
  readonly responseId: string;
}

export async function markJudged(
  sql: Sql,
  { id, organization }: Key,
  responseIds: readonly string[],
): Promise<void> {
  await sql
    .updateTable('shadow_answers')
    .set({ judged: true })
    .where('organization', '=', organization)
    .where('shadow_id', '=', id)
    .where('response_id', 'in', responseIds)
    .execute();
}

/** Gives a shadow its judging project unless it has one already; the one that it has. */
export async function claimProject(sql: Sql, { id, organization }: Key, project: string): Promise<string> {
  const { project_id } = await sql
    .updateTable('shadows')
    .set((row) => ({ project_id: row.fn.coalesce('project_id', row.val(project)) }))
    .where('organization', '=', organization)
    .where('id', '=', id)
    .returning('project_id')
    .executeTakeFirstOrThrow();
  return project_id ?? project;
}
