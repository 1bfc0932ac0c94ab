import { setTimeout as wait } from 'node:timers/promises';
import type { ReviewFilter, ReviewItem, ReviewOrder } from '@attune/contracts';
import { sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Condition } from './condition.ts';
import type { Selection } from './conditions.ts';
import { findItems } from './find-items.ts';
import { toItems } from './items.ts';
import { heldByOthers, hold, holdOn, letGo } from './reservation-store.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';
import { select } from './select.ts';

/** How long somebody holds an item who does not say that they go on. */
const LEASE_MS = 5 * 60_000;
/** Most items that one person holds. */
const MOST_HELD = 30;
/** Others may take what was found before it is reserved: then one looks again. */
const ATTEMPTS = 20;
/** What is written about an item in the background locks it for a moment. */
const LOCKED_MS = 50;

interface Wish {
  readonly filter: ReviewFilter;
  readonly order: ReviewOrder;
  readonly count: number;
  readonly hold_previous: boolean;
}

/** Takes the next items for a reviewer. */
export async function reserveNext(
  parts: ReviewParts,
  reviewer: Reviewer,
  wish: Wish,
): Promise<{ items: ReviewItem[]; held_ids: string[]; until: string }> {
  const { db, changed } = parts;
  const times = leaseFrom(parts.clock);
  if (!wish.hold_previous) await letGo(db, reviewer);
  const selection = await select(parts, reviewer, wish.filter);
  const before = wish.hold_previous ? await holdOn(db, reviewer, times) : [];
  const wanted = Math.min(wish.count, MOST_HELD - before.length);
  const taken = await take(db, selection, wish.order, wanted, times);
  changed(reviewer.organization);
  return {
    items: await toItems(parts, reviewer, taken),
    held_ids: [...before, ...taken],
    until: times.until.toISOString(),
  };
}

interface Lease {
  readonly now: Date;
  readonly until: Date;
}

/** From now on for as long as somebody holds an item. */
export function leaseFrom(clock: Clock): Lease {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}

async function take(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  wanted: number,
  lease: Lease,
): Promise<string[]> {
  const taken: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS && taken.length < wanted; attempt += 1) {
    const limit = wanted - taken.length;
    const found = await db
      .transaction()
      .execute((transaction) => takeFree(transaction, selection, order, limit, lease));
    if (found === null) {
      if (!(await isAnyFree(db, selection, order, lease))) break;
      await wait(LOCKED_MS);
      continue;
    }
    taken.push(...found);
  }
  return taken;
}

/** Whether anything is free that a lock kept from being found. */
async function isAnyFree(db: Sql, selection: Selection, order: ReviewOrder, lease: Lease): Promise<boolean> {
  const found = await findFree(db, selection, order, { limit: 1, lock: false }, free(selection, lease.now));
  return found.length > 0;
}

/** Null when nothing is free and unlocked. */
async function takeFree(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  limit: number,
  lease: Lease,
): Promise<string[] | null> {
  const and = free(selection, lease.now);
  const found = await findFree(db, selection, order, { limit, lock: true }, and);
  if (found.length === 0) return null;
  const got = new Set(await hold(db, selection.reviewer, found, lease));
  return found.filter((id) => got.has(id));
}

async function findFree(
  db: Sql,
  selection: Selection,
  order: ReviewOrder,
  { limit, lock }: { limit: number; lock: boolean },
  and: readonly Condition[],
): Promise<string[]> {
  // Locked rows are skipped: whoever has them is about to take them, to decide or to write about them.
  const page = { after: null, limit, lock };
  if (selection.near === null) {
    return (await findItems(db, selection, order, { ...page, and })).map(({ id }) => id);
  }
  const ids = selection.near.map(({ id }) => id);
  const among = sql<boolean>`f.id = ANY(${ids}::uuid[])`;
  const all = await findItems(db, selection, order, { ...page, limit: ids.length, and: [...and, among] });
  const freeIds = new Set(all.map(({ id }) => id));
  return ids.filter((id) => freeIds.has(id)).slice(0, limit);
}

/** Held by nobody, not skipped by the reviewer, and not assigned to somebody else unless that is asked for. */
function free({ reviewer, filter }: Selection, now: Date): Condition[] {
  const { principal, memberId } = reviewer;
  const forAnyone = sql<boolean>`(f.assigned_to IS NULL OR f.assigned_to = ${memberId}::uuid)`;
  return [
    sql<boolean>`NOT EXISTS (SELECT FROM review_reservations r WHERE r.feedback_id = f.id AND r.until > ${now})`,
    sql<boolean>`NOT EXISTS (SELECT FROM review_skips s
      WHERE s.feedback_id = f.id AND s.holder = ${principal} AND s.until > ${now})`,
    ...(filter.assigned_to === undefined ? [forAnyone] : []),
  ];
}

/** An item in somebody else's hands, as callers see it. */
export interface HeldItem {
  readonly id: string;
  readonly by: string;
  readonly until: string;
}

/** Holds items longer, or takes those that nobody holds. */
export async function renew(
  parts: ReviewParts,
  reviewer: Reviewer,
  ids: readonly string[],
): Promise<{ held_ids: string[]; refused: HeldItem[]; until: string }> {
  const lease = leaseFrom(parts.clock);
  const held = await hold(parts.db, reviewer, ids, lease);
  const others = await heldByOthers(parts.db, reviewer, ids, lease.now);
  parts.changed(reviewer.organization);
  const refused = others.map(({ feedback_id: id, holder_name: by, until }) => ({
    id,
    by,
    until: until.toISOString(),
  }));
  return { held_ids: held, refused, until: lease.until.toISOString() };
}

/** Lets items go. */
export async function release(
  parts: ReviewParts,
  reviewer: Reviewer,
  ids: readonly string[] | undefined,
): Promise<{ released: number }> {
  const released = await letGo(parts.db, reviewer, ids);
  if (released > 0) parts.changed(reviewer.organization);
  return { released };
}
