import { AttuneError, type ReviewDecision } from '@attune/contracts';
import { sql, type Transaction } from 'kysely';
import { againAfterDeadlock } from '../../platform/db/again-after-deadlock.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { BATCH, deciderOf } from './apply.ts';
import { type DecisionRow, firstItems, lastDecisions, lockDecision, setState } from './decision-store.ts';
import { canBeTakenBack, latestView, UNDOABLE } from './decision-view.ts';
import { hold } from './reservation-store.ts';
import { leaseFrom } from './reserve.ts';
import { keptItems, restoreBatch } from './restore.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';

const NONE: { count: number; ids: string[] } = { count: 0, ids: [] };

interface Undone {
  readonly decision: ReviewDecision;
  readonly restored: number;
  readonly skipped: number;
  readonly skipped_ids: string[];
  readonly held_ids: string[];
}

/**
 * Takes back a reviewer's last decision: at once, or in the background where it is about many items.
 * @throws AttuneError `nothing_to_undo`
 */
export async function undo(parts: ReviewParts, reviewer: Reviewer): Promise<Undone> {
  const { row, held, kept } = await againAfterDeadlock(() =>
    parts.db.transaction().execute(async (transaction) => {
      const last = await lastToTakeBack(transaction, reviewer);
      await setState(transaction, last.id, 'undoing');
      await dropPlanned(transaction, last.id);
      if (last.items > BATCH) {
        await record(parts, transaction, last);
        return { row: { ...last, state: 'undoing' as const }, held: [], kept: NONE };
      }
      const batch = await restoreBatch(transaction, last, parts.clock.now());
      // The audit log's turn comes last, as in decisions: whoever has it waits for no item.
      await record(parts, transaction, last);
      const again = last.items === 1 ? batch.restored : [];
      return {
        row: batch.row,
        // At once, before anybody else can take it: who takes back a decision wants to look at the item again.
        held: again.length === 0 ? [] : await hold(transaction, reviewer, again, leaseFrom(parts.clock)),
        kept: await keptItems(transaction, last.id),
      };
    }),
  );
  if (row.state === 'undoing') await parts.continueLater(row.id);
  parts.changed(reviewer.organization);
  const items = await firstItems(parts.db, [row.id], 10);
  return {
    decision: latestView(row, reviewer, items.get(row.id) ?? []),
    restored: row.restored,
    skipped: kept.count,
    skipped_ids: kept.ids,
    held_ids: held,
  };
}

/** Locks it, so that two requests at once take back two decisions, not one twice. */
async function lastToTakeBack(db: Sql, reviewer: Reviewer): Promise<DecisionRow> {
  const last = await lastDecisions(db, reviewer, UNDOABLE);
  for (const { id } of last.filter(canBeTakenBack)) {
    const row = await lockDecision(db, id);
    if (row !== undefined && canBeTakenBack(row)) return row;
  }
  throw new AttuneError('nothing_to_undo');
}

/** A decision taken back while it runs goes no further. */
async function dropPlanned(db: Sql, id: string): Promise<void> {
  await sql`UPDATE review_changes SET state = 'left_alone'
    WHERE decision_id = ${id}::uuid AND state = 'planned'`.execute(db);
}

function record({ audit }: ReviewParts, transaction: Transaction<Tables>, row: DecisionRow): Promise<void> {
  const { organization, principal: actor } = deciderOf(row);
  const subject = `review:${row.id}`;
  const details = { decision: row.id, action: row.action, items: row.done };
  return audit.record({ organization, actor, action: 'review.undo', subject, details }, transaction);
}
