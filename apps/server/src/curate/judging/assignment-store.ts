import type { JudgingItemKind } from '@attune/contracts';
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Db } from './judging.ts';
import { shownOrder } from './shown-order.ts';

export type AssignmentRow = Selectable<Tables['judging_assignments']>;

/** An item as its judge gets it. */
export type HeldItem = Pick<AssignmentRow, 'id' | 'kind' | 'shown' | 'held_until'> &
  Pick<Selectable<Tables['judging_items']>, 'query' | 'context' | 'responses'>;

/** One judge's place in one project. */
export interface Seat {
  readonly organization: string;
  readonly project: string;
  readonly judge: string;
}

/**
 * Makes everything that one judge does in a project happen in turn, until the transaction ends: two tabs cannot take
 * an item twice. False for someone who is no judge of it.
 */
export async function lockSeat(trx: Db, { organization, project, judge }: Seat): Promise<boolean> {
  const row = await trx
    .selectFrom('judging_judges')
    .select('judge')
    .where('organization', '=', organization)
    .where('project_id', '=', project)
    .where('judge', '=', judge)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps what a judge holds for longer. */
export async function renewHeld(trx: Db, { project, judge }: Seat, until: Date): Promise<void> {
  await trx
    .updateTable('judging_assignments')
    .set({ held_until: until })
    .where('project_id', '=', project)
    .where('judge', '=', judge)
    .where('state', '=', 'held')
    .execute();
}

/** What a judge holds, in the order in which it was given. */
export function heldItems(db: Db, { project, judge }: Seat): Promise<HeldItem[]> {
  return db
    .selectFrom('judging_assignments as a')
    .innerJoin('judging_items as i', 'i.id', 'a.item_id')
    .select(['a.id', 'a.kind', 'a.shown', 'a.held_until', 'i.query', 'i.context', 'i.responses'])
    .where('a.project_id', '=', project)
    .where('a.judge', '=', judge)
    .where('a.state', '=', 'held')
    .orderBy('a.created_at')
    .orderBy('a.id')
    .execute();
}

/** An item that was taken for a judge. */
export interface Taken {
  readonly id: string;
  readonly kind: JudgingItemKind;
  readonly responses: number;
}

/**
 * Takes items for a judge that still miss votes and that they have neither judged nor hold, the most urgent first.
 * Items that others are taking at this moment are passed over; with `wait` they are waited for.
 */
export async function takeItems(
  trx: Db,
  { project, judge }: Seat,
  count: number,
  wait = false,
): Promise<Taken[]> {
  if (count <= 0) return [];
  const { rows } = await sql<Taken>`
    WITH picked AS MATERIALIZED (
      SELECT i.id FROM judging_items i
      WHERE i.project_id = ${project} AND i.kind = 'item' AND i.taken < i.wanted AND i.adjudication IS NULL
        AND NOT EXISTS (SELECT 1 FROM judging_assignments a
          WHERE a.item_id = i.id AND a.judge = ${judge} AND a.state <> 'released')
      ORDER BY i.urgency DESC, i.id LIMIT ${count} FOR NO KEY UPDATE ${wait ? sql`` : sql`SKIP LOCKED`}
    )
    UPDATE judging_items SET taken = taken + 1 FROM picked WHERE judging_items.id = picked.id
    RETURNING judging_items.id, kind, jsonb_array_length(responses) AS responses`.execute(trx);
  return rows;
}

/** Takes items with known answers: each judge gets each once, control items in an order of their own. */
export async function takeKnown(
  trx: Db,
  { project, judge }: Seat,
  kind: 'control' | 'training',
  count: number,
): Promise<Taken[]> {
  if (count <= 0) return [];
  const order = kind === 'training' ? sql`i.id` : sql`md5(i.id::text || ${judge})`;
  const { rows } = await sql<Taken>`
    WITH picked AS MATERIALIZED (
      SELECT i.id FROM judging_items i
      WHERE i.project_id = ${project} AND i.kind = ${kind}
        AND NOT EXISTS (SELECT 1 FROM judging_assignments a
          WHERE a.item_id = i.id AND a.judge = ${judge} AND a.state <> 'released')
      ORDER BY ${order} LIMIT ${count}
    )
    SELECT i.id, i.kind, jsonb_array_length(i.responses) AS responses
    FROM judging_items i JOIN picked ON picked.id = i.id ORDER BY ${order}`.execute(trx);
  return rows;
}

/** Keeps taken items for a judge. An item that they lost before comes back under the id that they know. */
export async function assign(
  trx: Db,
  { organization, project, judge }: Seat,
  items: readonly Taken[],
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ id, kind, responses }) => ({
    id: newId(),
    organization,
    project_id: project,
    item_id: id,
    judge,
    kind,
    shown: shownOrder(id, judge, responses),
    state: 'held' as const,
    held_until: until,
    created_at: now,
  }));
  await trx
    .insertInto('judging_assignments')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['item_id', 'judge']).doUpdateSet({ state: 'held', held_until: until }),
    )
    .execute();
}

/** How many items other than training ones a judge was given, and judged or holds. */
export async function givenCount(trx: Db, { project, judge }: Seat): Promise<number> {
  const { given } = await trx
    .selectFrom('judging_assignments')
    .select((eb) => eb.fn.countAll<number>().as('given'))
    .where('project_id', '=', project)
    .where('judge', '=', judge)
    .where('state', '<>', 'released')
    .where('kind', '<>', 'training')
    .executeTakeFirstOrThrow();
  return given;
}

/** Gives back what other judges held too long. Their late votes still count where nobody took their place. */
export function releaseExpired(db: Db, { project, judge }: Seat, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const expired = await trx
      .selectFrom('judging_assignments')
      .select(['id', 'item_id', 'kind'])
      .where('project_id', '=', project)
      .where('state', '=', 'held')
      .where('held_until', '<', now)
      .where('judge', '<>', judge)
      .limit(200)
      .forUpdate()
      .skipLocked()
      .execute();
    return release(trx, expired);
  });
}

/** Gives back all that a judge holds. */
export async function releaseHeld(trx: Db, { project, judge }: Seat): Promise<number> {
  const held = await trx
    .selectFrom('judging_assignments')
    .select(['id', 'item_id', 'kind'])
    .where('project_id', '=', project)
    .where('judge', '=', judge)
    .where('state', '=', 'held')
    .forUpdate()
    .execute();
  return release(trx, held);
}

/** Gives back what is held by anybody but these judges. */
export async function releaseOfOthers(trx: Db, project: string, judges: readonly string[]): Promise<number> {
  let query = trx
    .selectFrom('judging_assignments')
    .select(['id', 'item_id', 'kind'])
    .where('project_id', '=', project)
    .where('state', '=', 'held');
  if (judges.length > 0) query = query.where('judge', 'not in', judges);
  // One that is being judged at this moment is judged then, or expires.
  return release(trx, await query.forUpdate().skipLocked().execute());
}

type Held = Pick<AssignmentRow, 'id' | 'item_id' | 'kind'>;

async function release(trx: Db, held: readonly Held[]): Promise<number> {
  if (held.length === 0) return 0;
  await trx
    .updateTable('judging_assignments')
    .set({ state: 'released' })
    .where(
      'id',
      'in',
      held.map(({ id }) => id),
    )
    .execute();
  const items = held.filter(({ kind }) => kind === 'item').map(({ item_id }) => item_id);
  if (items.length > 0) await giveBack(trx, items);
  return held.length;
}

async function giveBack(trx: Db, items: readonly string[]): Promise<void> {
  // Everybody who locks several items does so in the order of their ids: nobody waits in a circle.
  await sql`SELECT id FROM judging_items WHERE id IN (${sql.join([...new Set(items)])}) ORDER BY id FOR NO KEY UPDATE`.execute(
    trx,
  );
  await sql`UPDATE judging_items SET taken = taken - freed.places
    FROM (SELECT id::uuid, count(*) AS places FROM unnest(${[...items]}::text[]) AS id GROUP BY 1) AS freed
    WHERE judging_items.id = freed.id`.execute(trx);
}
