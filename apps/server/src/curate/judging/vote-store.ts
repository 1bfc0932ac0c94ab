import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { AssignmentRow, Seat } from './assignment-store.ts';
import type { Db } from './judging.ts';

export type VoteRow = Selectable<Tables['pair_judgements']>;
export type ItemRow = Selectable<Tables['judging_items']>;

/** How many judgements can be taken back. */
export const RECENT = 10;

/** What was kept for a judge, under its id. */
export async function assignmentOf(
  db: Db,
  organization: string,
  judge: string,
  id: string,
): Promise<AssignmentRow | null> {
  const row = await db
    .selectFrom('judging_assignments')
    .selectAll()
    .where('organization', '=', organization)
    .where('judge', '=', judge)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** As it stands now, which nobody else changes until the transaction ends. */
export function lockAssignment(trx: Db, id: string): Promise<AssignmentRow> {
  return trx
    .selectFrom('judging_assignments')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export function itemOf(db: Db, id: string): Promise<ItemRow> {
  return db.selectFrom('judging_items').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** The item; one that is judged for its own sake changes for nobody else until the transaction ends. */
export function lockItem(
  trx: Db,
  { item_id, kind }: Pick<AssignmentRow, 'item_id' | 'kind'>,
): Promise<ItemRow> {
  return trx
    .selectFrom('judging_items')
    .selectAll()
    .where('id', '=', item_id)
    .$if(kind === 'item', (query) => query.forNoKeyUpdate())
    .executeTakeFirstOrThrow();
}

export async function voteById(db: Db, id: string): Promise<VoteRow | null> {
  const row = await db.selectFrom('pair_judgements').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function insertVote(trx: Db, row: Insertable<Tables['pair_judgements']>): Promise<void> {
  await trx.insertInto('pair_judgements').values(row).execute();
}

/** Takes a vote away unless its judge has seen the outcome; false when it was not there or is final. */
export async function deleteVote(trx: Db, id: string): Promise<boolean> {
  const deleted = await trx
    .deleteFrom('pair_judgements')
    .where('id', '=', id)
    .where('revealed', '=', false)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** Makes a vote final before its judge sees the outcome; false when it was taken back. */
export async function markRevealed(db: Db, id: string): Promise<boolean> {
  const marked = await db
    .updateTable('pair_judgements')
    .set({ revealed: true })
    .where('id', '=', id)
    .executeTakeFirst();
  return marked.numUpdatedRows > 0n;
}

export async function setState(
  trx: Db,
  id: string,
  state: AssignmentRow['state'],
  heldUntil: Date,
): Promise<void> {
  await trx
    .updateTable('judging_assignments')
    .set({ state, held_until: heldUntil })
    .where('id', '=', id)
    .execute();
}

/** Votes on items, skips too, oldest first. */
export function votesOn(db: Db, items: readonly string[]): Promise<VoteRow[]> {
  if (items.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('pair_judgements')
    .selectAll()
    .where('item_id', 'in', items)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Changes how often an item was taken, judged and skipped, and how far its judges disagree. */
export async function recount(
  trx: Db,
  item: string,
  by: { readonly taken?: number; readonly votes?: number; readonly skips?: number },
  disagreement: number | null,
): Promise<void> {
  await trx
    .updateTable('judging_items')
    .set({
      taken: sql<number>`taken + ${by.taken ?? 0}::integer`,
      votes: sql<number>`votes + ${by.votes ?? 0}::integer`,
      skips: sql<number>`skips + ${by.skips ?? 0}::integer`,
      disagreement,
    })
    .where('id', '=', item)
    .execute();
}

/** A judge's last judgements in a project with what they were about, newest first. */
export function recentVotes(db: Db, { project, judge }: Seat) {
  return db
    .selectFrom('pair_judgements as v')
    .innerJoin('judging_items as i', 'i.id', 'v.item_id')
    .select(['v.id', 'v.kind', 'v.shown', 'v.answers', 'v.skip', 'v.revealed', 'v.created_at'])
    .select(['i.query', 'i.adjudication'])
    .where('v.project_id', '=', project)
    .where('v.judge', '=', judge)
    .orderBy('v.created_at', 'desc')
    .orderBy('v.id', 'desc')
    .limit(RECENT)
    .execute();
}
