import { AttuneError, type ReviewAction, type ReviewDecision, type ReviewFilter } from '@attune/contracts';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { againAfterDeadlock } from '../../platform/db/again-after-deadlock.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { findMember } from '../../platform/identity/store.ts';
import { newId } from '../../platform/ids.ts';
import { applyBatch, BATCH } from './apply.ts';
import { selected } from './count-items.ts';
import { type DecisionRow, firstItems, type LockedItem, plan } from './decision-store.ts';
import { latestView } from './decision-view.ts';
import { changedMuch, readPreview } from './preview-token.ts';
import type { HeldItem } from './reserve.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';
import { select } from './select.ts';

/** Most items of one decision. */
export const MOST_ITEMS = 100_000;

interface Asked {
  readonly decision: ReviewAction;
  readonly ids?: readonly string[] | undefined;
  readonly filter?: ReviewFilter | undefined;
  readonly preview?: string | undefined;
}

interface Decided {
  readonly decision: ReviewDecision;
  readonly unknown_ids: string[];
  readonly reserved: HeldItem[];
}

/** What a decision is about. */
interface Target {
  /** Query of feedback ids. */
  readonly items: RawBuilder<unknown>;
  readonly filter: ReviewFilter | null;
  /** @throws AttuneError when the number of items is not what it should be */
  check(planned: number): void;
}

/**
 * Carries out a decision: at once, or in the background where it is about many items.
 * @throws AttuneError `feedback_not_found`, `member_not_found`, `item_reserved_by_other`, `review_set_changed`,
 * `review_too_many`
 */
export async function decide(parts: ReviewParts, reviewer: Reviewer, asked: Asked): Promise<Decided> {
  const decision = await meant(parts.db, reviewer, asked.decision);
  const target = await targetOf(parts, reviewer, asked);
  const made = { id: newId(), decision, filter: target.filter, at: parts.clock.now() };
  const { row, items } = await againAfterDeadlock(() =>
    parts.db.transaction().execute(async (transaction) => {
      const planned = await plan(transaction, reviewer, made, target.items);
      target.check(planned.items);
      const applied =
        planned.items <= BATCH
          ? await applyBatch(transaction, planned, made.at)
          : { row: planned, items: await firstOf(transaction, planned) };
      refuseHeld(asked, applied.items);
      await record(parts, transaction, applied.row, asked);
      return applied;
    }),
  );
  if (row.state === 'running') await parts.continueLater(row.id);
  parts.changed(reviewer.organization);
  const ids = items.map((item) => item.id);
  const known = new Set(ids);
  return {
    decision: latestView(row, reviewer, ids),
    unknown_ids: distinct(asked.ids ?? []).filter((id) => !known.has(id)),
    reserved: items.flatMap((item) => heldItem(item) ?? []),
  };
}

/** Names the member that "me" is, and asks whether there is such a member. */
async function meant(db: Sql, reviewer: Reviewer, decision: ReviewAction): Promise<ReviewAction> {
  if (decision.action !== 'assign') return decision;
  const assignee = decision.assignee === 'me' ? reviewer.memberId : decision.assignee;
  const member = assignee === null ? undefined : await findMember(db, reviewer.organization, assignee);
  if (member === undefined) throw new AttuneError('member_not_found', { param: 'decision.assignee' });
  return { action: 'assign', assignee: member.id };
}

function targetOf(parts: ReviewParts, reviewer: Reviewer, asked: Asked): Target | Promise<Target> {
  if (asked.filter !== undefined) return filtered(parts, reviewer, asked.filter, asked.preview ?? '');
  const ids = distinct(asked.ids ?? []);
  return {
    items: sql`SELECT id FROM rlhf_feedback WHERE organization = ${reviewer.organization} AND id = ANY(${ids}::uuid[])`,
    filter: null,
    check: (planned) => {
      if (planned === 0) throw new AttuneError('feedback_not_found', { param: 'ids' });
    },
  };
}

async function filtered(
  parts: ReviewParts,
  reviewer: Reviewer,
  filter: ReviewFilter,
  token: string,
): Promise<Target> {
  const preview = readPreview(token, filter);
  if (preview.matched > MOST_ITEMS) throw new AttuneError('review_too_many', { param: 'filter' });
  const selection = await select(parts, reviewer, filter, preview.at);
  return {
    items: sql`${selected(selection, sql`f.id`)} LIMIT ${MOST_ITEMS + 1}`,
    filter,
    check: (planned) => {
      if (!changedMuch(preview.matched, planned)) return;
      const message = `The preview showed ${preview.matched} items, now it would be ${planned}.`;
      throw new AttuneError('review_set_changed', { param: 'preview', message });
    },
  };
}

/** Of a decision that is yet to be carried out, its first items. */
async function firstOf(db: Sql, { id }: DecisionRow): Promise<LockedItem[]> {
  const first = await firstItems(db, [id], 10);
  return (first.get(id) ?? []).map((item) => ({ id: item, holder_name: null, until: null }));
}

/** A single item in somebody else's hands is a conflict; among several it is left alone. */
function refuseHeld({ ids }: Asked, items: readonly LockedItem[]): void {
  const [only] = items;
  const held = only === undefined || ids?.length !== 1 ? null : heldItem(only);
  if (held === null) return;
  throw new AttuneError('item_reserved_by_other', {
    param: 'ids',
    message: `${held.by} is reviewing this item, until ${held.until} at the latest.`,
    current: held,
  });
}

function heldItem({ id, holder_name: by, until }: LockedItem): HeldItem | null {
  return by === null || until === null ? null : { id, by, until: until.toISOString() };
}

function record(
  { audit }: ReviewParts,
  transaction: Transaction<Tables>,
  { id, organization, principal: actor, action, items }: DecisionRow,
  { ids, filter }: Asked,
): Promise<void> {
  const only = ids?.length === 1 ? ids[0] : undefined;
  const subject = only === undefined ? `review:${id}` : `feedback:${only}`;
  const details = { items, decision: id, ...(filter === undefined ? {} : { filter: { ...filter } }) };
  return audit.record({ organization, actor, action: `review.${action}`, subject, details }, transaction);
}

/** Ids differ in nothing but case, or not at all. */
function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}
