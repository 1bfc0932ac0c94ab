import { type AlertKind, type AlertSilence, AttuneError } from '@attune/contracts';
import type { Selectable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Sql } from '../sql.ts';

export type SilenceRow = Selectable<Tables['alert_silences']>;

/** A stored silence as the API shows it. */
export function toSilence(row: SilenceRow): AlertSilence {
  const { organization: _, until, created_at, ...rest } = row;
  return { ...rest, until: until.toISOString(), created_at: created_at.toISOString() };
}

/** Until when nobody is told about a subject of a kind; null where somebody is. */
export async function silencedUntil(
  db: Sql,
  { organization, kind, subject }: { organization: string; kind: AlertKind; subject: string },
  now: Date,
): Promise<Date | null> {
  const row = await active(db, organization, now)
    .where((is) => is.or([is('kind', 'is', null), is('kind', '=', kind)]))
    .where((is) => is.or([is('subject', 'is', null), is('subject', '=', subject)]))
    .orderBy('until', 'desc')
    .executeTakeFirst();
  return row?.until ?? null;
}

/** Begins a silence; what fires already is silenced too. */
export async function addSilence(
  db: Sql,
  silence: Pick<SilenceRow, 'organization' | 'kind' | 'subject' | 'reason' | 'until' | 'created_by'>,
  now: Date,
): Promise<SilenceRow> {
  const row = await db
    .insertInto('alert_silences')
    .values({ ...silence, id: newId(), created_at: now })
    .returningAll()
    .executeTakeFirstOrThrow();
  let firing = db
    .updateTable('alerts')
    .set({ silenced_until: silence.until })
    .where('organization', '=', silence.organization)
    .where('state', '=', 'firing')
    .where((is) => is.or([is('silenced_until', 'is', null), is('silenced_until', '<', silence.until)]));
  if (silence.kind !== null) firing = firing.where('kind', '=', silence.kind);
  if (silence.subject !== null) firing = firing.where('subject', '=', silence.subject);
  await firing.execute();
  return row;
}

/**
 * Ends a silence now. What it kept quiet and still fires is told at the next look.
 * @throws AttuneError `alert_silence_not_found` also when it is over
 */
export async function endSilence(
  db: Sql,
  { organization, id }: { organization: string; id: string },
  by: string,
  now: Date,
): Promise<SilenceRow> {
  const row = await db
    .updateTable('alert_silences')
    .set({ until: now, ended_by: by })
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('until', '>', now)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AttuneError('alert_silence_not_found', { param: 'id' });
  await shorten(db, organization, now);
  return row;
}

/** What fires is quiet only as long as a silence that is left says so. */
async function shorten(db: Sql, organization: string, now: Date): Promise<void> {
  const quiet = await db
    .selectFrom('alerts')
    .select(['id', 'kind', 'subject'])
    .where('organization', '=', organization)
    .where('state', '=', 'firing')
    .where('silenced_until', 'is not', null)
    .execute();
  for (const { id, kind, subject } of quiet) {
    const until = (await silencedUntil(db, { organization, kind, subject }, now)) ?? now;
    await db.updateTable('alerts').set({ silenced_until: until }).where('id', '=', id).execute();
  }
}

/** Newest first, one row more than `limit`. */
export function listSilences(
  db: Sql,
  organization: string,
  { active: only, limit }: { active?: 'true' | 'false' | undefined; limit: number },
  beforeId: string | null,
  now: Date,
): Promise<SilenceRow[]> {
  let query = db.selectFrom('alert_silences').selectAll().where('organization', '=', organization);
  if (only !== undefined) query = query.where('until', only === 'true' ? '>' : '<=', now);
  if (beforeId !== null) query = query.where('id', '<', beforeId);
  return query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

function active(db: Sql, organization: string, now: Date) {
  return db
    .selectFrom('alert_silences')
    .select('until')
    .where('organization', '=', organization)
    .where('until', '>', now);
}
