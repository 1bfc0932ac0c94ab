import type { AlertEvidence, AlertKind, AlertSeverity } from '@attune/contracts';
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Sql } from '../sql.ts';

export type AlertRow = Selectable<Tables['alerts']>;

/** An alert that is about to fire. */
export interface NewAlert {
  readonly organization: string;
  readonly kind: AlertKind;
  readonly severity: AlertSeverity;
  /** What it is about, within its kind; empty for the whole organisation. */
  readonly subject: string;
  readonly rewardModel: string | null;
  readonly feedbackId: string | null;
  readonly message: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly n: number;
  readonly evidence: readonly AlertEvidence[];
  readonly silencedUntil: Date | null;
}

/** Fires an alert; undefined when the same one fires already, on this replica or another. */
export function fire(db: Sql, alert: NewAlert, now: Date): Promise<AlertRow | undefined> {
  return db
    .insertInto('alerts')
    .values({
      id: newId(),
      organization: alert.organization,
      kind: alert.kind,
      severity: alert.severity,
      state: 'firing',
      subject: alert.subject,
      reward_model: alert.rewardModel,
      feedback_id: alert.feedbackId,
      message: alert.message,
      value: alert.value,
      threshold: alert.threshold,
      n: alert.n,
      evidence: JSON.stringify(alert.evidence),
      silenced_until: alert.silencedUntil,
      created_at: now,
      last_seen_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Looks again at most so often count as one. */
const SEEN_EVERY_MS = 60_000;

/** Notes that what fires was found again, with the figures of now. */
export async function seeAgain(
  db: Sql,
  id: string,
  figures: Pick<NewAlert, 'message' | 'value' | 'n' | 'evidence'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('alerts')
    .set((row) => ({
      seen: row('seen', '+', 1),
      last_seen_at: now,
      message: figures.message,
      value: figures.value,
      n: figures.n,
      evidence: JSON.stringify(figures.evidence),
    }))
    .where('id', '=', id)
    .where('state', '=', 'firing')
    .where('last_seen_at', '<=', new Date(now.getTime() - SEEN_EVERY_MS))
    .execute();
}

/** Notes that an event that fires already happened again. */
export async function countAgain(
  db: Sql,
  { organization, kind, subject, message }: Pick<NewAlert, 'organization' | 'kind' | 'subject' | 'message'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('alerts')
    .set((row) => ({ seen: row('seen', '+', 1), last_seen_at: now, message }))
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'firing')
    .execute();
}

/** The alerts that fire in an organisation, of some kinds. */
export function firingOf(db: Sql, organization: string, kinds: readonly AlertKind[]): Promise<AlertRow[]> {
  return db
    .selectFrom('alerts')
    .selectAll()
    .where('organization', '=', organization)
    .where('state', '=', 'firing')
    .where('kind', 'in', [...kinds])
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
const onlyToBeSeen: AlertKind[] = [
  'safety_report',
  'job_lost',
  'model_ready',
  'experiment_ended',
  'self_test',
  'ramp_rolled_back',
  'ramp_held',
  'retraining_paused',
];

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
      acknowledged_at: sql<Date>`coalesce(acknowledged_at, ${now}::timestamptz)`,
      state: sql<'resolved'>`CASE WHEN ${ends} THEN 'resolved' ELSE state END`,
      resolved_at: sql<Date | null>`CASE WHEN ${ends} THEN ${now}::timestamptz ELSE resolved_at END`,
    })
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirst();
}

export interface AlertFilter {
  readonly state?: AlertRow['state'] | undefined;
  readonly kind?: AlertKind | undefined;
  readonly severity?: AlertSeverity | undefined;
  readonly acknowledged?: 'true' | 'false' | undefined;
  readonly since?: string | undefined;
  readonly limit: number;
}

/** Newest first, one row more than `limit`. */
export function listAlerts(
  db: Sql,
  organization: string,
  { state, kind, severity, acknowledged, since, limit }: AlertFilter,
  beforeId: string | null,
): Promise<AlertRow[]> {
  let query = db.selectFrom('alerts').selectAll().where('organization', '=', organization);
  if (state !== undefined) query = query.where('state', '=', state);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (severity !== undefined) query = query.where('severity', '=', severity);
  if (acknowledged !== undefined)
    query = query.where('acknowledged_by', acknowledged === 'true' ? 'is not' : 'is', null);
  if (since !== undefined) query = query.where('created_at', '>=', new Date(since));
  if (beforeId !== null) query = query.where('id', '<', beforeId);
  return query
    .orderBy('id', 'desc')
    .limit(limit + 1)
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

/** Of some subjects, those that ever raised an alert of a kind in an organisation since a time. */
export async function alertedSince(
  db: Sql,
  key: { organization: string; kind: AlertKind; subject: string },
  since: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom('alerts')
    .select('id')
    .where('organization', '=', key.organization)
    .where('kind', '=', key.kind)
    .where('subject', '=', key.subject)
    .where('created_at', '>=', since)
    .executeTakeFirst();
  return row !== undefined;
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

/** Alerts that fire and whose silence is over; they are told now, by whoever takes them. */
export function endedSilences(db: Sql, now: Date): Promise<AlertRow[]> {
  return db
    .updateTable('alerts')
    .set({ silenced_until: null })
    .where('state', '=', 'firing')
    .where('silenced_until', '<=', now)
    .returningAll()
    .execute();
}
