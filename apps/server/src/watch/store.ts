import type { AlertKind } from '@attune/contracts';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { newId } from '../platform/ids.ts';
import type { Version } from './collected-feedback.ts';

export type Sql = Kysely<Tables>;
export type AlertRow = Selectable<Tables['alerts']>;

/** An alert that is about to fire. */
export interface NewAlert extends Version {
  readonly kind: AlertKind;
  readonly message: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly n: number;
  readonly feedbackId: string | null;
  /** Null when nobody is to be told, false until they have been. */
  readonly delivered: boolean | null;
}

/** Fires an alert; undefined when the same one fires already, on this replica or another. */
export function fire(db: Sql, alert: NewAlert, now: Date): Promise<AlertRow | undefined> {
  return db
    .insertInto('alerts')
    .values({
      id: newId(),
      organization: alert.organization,
      kind: alert.kind,
      state: 'firing',
      message: alert.message,
      value: alert.value,
      threshold: alert.threshold,
      n: alert.n,
      reward_model: alert.rewardModel,
      feedback_id: alert.feedbackId,
      delivered: alert.delivered,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** The alerts that fire for a version of an organisation. */
export function firingFor(db: Sql, { organization, rewardModel }: Version): Promise<AlertRow[]> {
  return db
    .selectFrom('alerts')
    .selectAll()
    .where('organization', '=', organization)
    .where('state', '=', 'firing')
    .where(sql<boolean>`coalesce(reward_model, '') = ${rewardModel ?? ''}`)
    .execute();
}

/** Resolves an alert; undefined when it is resolved already. */
export function resolve(db: Sql, id: string, now: Date): Promise<AlertRow | undefined> {
  return db
    .updateTable('alerts')
    .set({ state: 'resolved', resolved_at: now })
    .where('id', '=', id)
    .where('state', '=', 'firing')
    .returningAll()
    .executeTakeFirst();
}

/** Alerts that end when somebody has seen them. */
const onlyToBeSeen: AlertKind[] = ['safety_report', 'model_ready', 'experiment_ended', 'retraining_paused'];

/** Notes who looks after an alert; the first one stays. */
export function acknowledge(
  db: Sql,
  key: { organization: string; id: string },
  by: string,
  now: Date,
): Promise<AlertRow | undefined> {
  const ends = sql<boolean>`kind = ANY(${onlyToBeSeen}::text[]) AND state = 'firing'`;
  return db
    .updateTable('alerts')
    .set({
      acknowledged_by: sql<string>`coalesce(acknowledged_by, ${by})`,
      state: sql<'resolved'>`CASE WHEN ${ends} THEN 'resolved' ELSE state END`,
      resolved_at: sql<Date | null>`CASE WHEN ${ends} THEN ${now}::timestamptz ELSE resolved_at END`,
    })
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirst();
}

/** Newest first, one row more than `limit`. */
export function listAlerts(
  db: Sql,
  organization: string,
  filter: { state?: AlertRow['state'] | undefined; limit: number },
  beforeId: string | null,
): Promise<AlertRow[]> {
  return db
    .selectFrom('alerts')
    .selectAll()
    .where('organization', '=', organization)
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state ?? 'firing'))
    .$if(beforeId !== null, (query) => query.where('id', '<', beforeId))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

/** How many alerts fire in an organisation. */
export async function countFiring(db: Sql, organization: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM alerts WHERE organization = ${organization} AND state = 'firing'`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** How many alerts of each kind fire, over all organisations. */
export async function countFiringByKind(db: Sql): Promise<{ kind: AlertKind; count: number }[]> {
  const { rows } = await sql<{ kind: AlertKind; count: number }>`
    SELECT kind, count(*)::int AS count FROM alerts WHERE state = 'firing' GROUP BY kind`.execute(db);
  return rows;
}

/** Of some feedbacks, those that ever raised an alert. */
export async function alertedFeedback(db: Sql, feedbackIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT feedback_id AS id FROM alerts WHERE feedback_id = ANY(${[...feedbackIds]}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export function findAlert(db: Sql, id: string): Promise<AlertRow | undefined> {
  return db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function markDelivered(db: Sql, id: string): Promise<void> {
  await db.updateTable('alerts').set({ delivered: true }).where('id', '=', id).execute();
}

/** Alerts since a time that somebody should have been told about and was not. */
export function undelivered(db: Sql, since: Date): Promise<AlertRow[]> {
  return db
    .selectFrom('alerts')
    .selectAll()
    .where('delivered', '=', false)
    .where('created_at', '>=', since)
    .orderBy('id')
    .execute();
}
