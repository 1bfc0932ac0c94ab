import { AttuneError, type ReviewDecision } from '@attune/contracts';
import { type DecisionRow, decisionById, firstItems, lastDecisions } from './decision-store.ts';
import type { Reviewer, Sql } from './review.ts';

/** Items of a decision that are named. */
const ITEMS_SHOWN = 10;

/** So many of the last decisions can be taken back. */
export const UNDOABLE = 10;

/** Whether there is anything of a decision left to take back. */
export function canBeTakenBack({ state, done, restored }: DecisionRow): boolean {
  return state === 'running' || ((state === 'done' || state === 'failed') && done > restored);
}

/** A decision as callers see it. @throws AttuneError `decision_not_found` */
export async function decisionView(db: Sql, reviewer: Reviewer, id: string): Promise<ReviewDecision> {
  const row = await decisionById(db, id);
  if (row?.organization !== reviewer.organization)
    throw new AttuneError('decision_not_found', { param: 'id' });
  const [view] = await decisionViews(db, reviewer, [row]);
  if (view === undefined) throw new AttuneError('decision_not_found', { param: 'id' });
  return view;
}

/** Decisions as callers see them. */
export async function decisionViews(
  db: Sql,
  reviewer: Reviewer,
  rows: readonly DecisionRow[],
): Promise<ReviewDecision[]> {
  const items = await firstItems(
    db,
    rows.map(({ id }) => id),
    ITEMS_SHOWN,
  );
  const last = await lastDecisions(db, reviewer, UNDOABLE);
  const undoable = new Set(last.filter(canBeTakenBack).map(({ id }) => id));
  return rows.map((row) => toView(row, reviewer, items.get(row.id) ?? [], undoable.has(row.id)));
}

/** A decision that its reviewer has just made or taken back. */
export function latestView(row: DecisionRow, reviewer: Reviewer, items: readonly string[]): ReviewDecision {
  return toView(row, reviewer, items.slice(0, ITEMS_SHOWN), canBeTakenBack(row));
}

function toView(
  row: DecisionRow,
  { principal }: Reviewer,
  items: readonly string[],
  undoable: boolean,
): ReviewDecision {
  return {
    id: row.id,
    decision: row.decision,
    by: row.name,
    mine: row.principal === principal,
    at: row.created_at.toISOString(),
    state: row.state,
    items: row.items,
    done: row.done,
    left_alone: row.left_alone,
    feedback_ids: [...items],
    filter: row.filter,
    undoable,
  };
}
