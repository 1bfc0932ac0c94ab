import { sql } from 'kysely';
import type { Reviewer, Sql } from './review.ts';

/** An item in somebody's hands. */
export interface Hold {
  readonly feedback_id: string;
  readonly holder: string;
  readonly holder_name: string;
  readonly until: Date;
}

/** Ids that a reviewer holds. */
export async function heldBy(db: Sql, { organization, principal }: Reviewer, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('review_reservations')
    .select('feedback_id')
    .where('organization', '=', organization)
    .where('holder', '=', principal)
    .where('until', '>', now)
    .orderBy('feedback_id')
    .execute();
  return rows.map((row) => row.feedback_id);
}

/** Of some items, those that others hold. */
export function heldByOthers(
  db: Sql,
  { organization, principal }: Reviewer,
  ids: readonly string[],
  now: Date,
): Promise<Hold[]> {
  return db
    .selectFrom('review_reservations')
    .select(['feedback_id', 'holder', 'holder_name', 'until'])
    .where('organization', '=', organization)
    .where('holder', '!=', principal)
    .where('until', '>', now)
    .where(sql<boolean>`feedback_id = ANY(${[...ids]}::uuid[])`)
    .execute();
}

/** Takes items that nobody else holds, or holds them longer; gives the ids that it got. */
export async function hold(
  db: Sql,
  { organization, principal, name }: Reviewer,
  ids: readonly string[],
  { now, until }: { now: Date; until: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO review_reservations AS r (feedback_id, organization, holder, holder_name, until)
    SELECT id, organization, ${principal}, ${name}, ${until}::timestamptz FROM rlhf_feedback
    WHERE organization = ${organization} AND id = ANY(${[...ids]}::uuid[]) ORDER BY id
    ON CONFLICT (feedback_id) DO UPDATE
      SET holder = excluded.holder, holder_name = excluded.holder_name, until = excluded.until
      WHERE r.holder = excluded.holder OR r.until <= ${now}
    RETURNING feedback_id AS id`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Holds longer what a reviewer holds, and gives its ids. What another of their tabs lets go of meanwhile stays free: it
 * is not taken again, as `hold` would.
 */
export async function holdOn(
  db: Sql,
  { organization, principal }: Reviewer,
  { now, until }: { now: Date; until: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE review_reservations SET until = ${until} WHERE feedback_id IN (
      SELECT feedback_id FROM review_reservations
      WHERE organization = ${organization} AND holder = ${principal} AND until > ${now}
      ORDER BY feedback_id FOR UPDATE)
    RETURNING feedback_id AS id`.execute(db);
  return rows.map(({ id }) => id).sort();
}

/** Lets go of items, of all unless some are named; gives how many those were. */
export async function letGo(
  db: Sql,
  { organization, principal }: Reviewer,
  ids?: readonly string[],
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('review_reservations')
    .where('organization', '=', organization)
    .where('holder', '=', principal)
    .$if(ids !== undefined, (query) =>
      query.where(sql<boolean>`feedback_id = ANY(${[...(ids ?? [])]}::uuid[])`),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Forgets reservations and skips that are over. */
export async function forgetPast(db: Sql, now: Date): Promise<void> {
  await db.deleteFrom('review_reservations').where('until', '<=', now).execute();
  await db.deleteFrom('review_skips').where('until', '<=', now).execute();
}
