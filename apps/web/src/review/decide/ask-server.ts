import type { ReviewAction, ReviewFilter } from '@attune/contracts';
import { api } from '../../shell/api.ts';
import type { Undone } from '../desk/desk.ts';
import type { QueueFilter } from '../filter/review-search.ts';
import { writeOnce } from './write-once.ts';

/** Decides about items by their ids. */
export function decideItems(ids: string[], decision: ReviewAction) {
  return writeOnce((idempotencyKey) => api.decideReview({ body: { ids, decision } }, { idempotencyKey }));
}

/** Decides about everything that a filter matched when it was previewed. */
export function decideMatching(filter: QueueFilter, preview: string, decision: ReviewAction) {
  return writeOnce((idempotencyKey) =>
    api.decideReview({ body: { filter: sent(filter), preview, decision } }, { idempotencyKey }),
  );
}

/** The filter as a body carries it. */
export function sent(filter: QueueFilter): ReviewFilter {
  return { ...filter, status: filter.status ?? 'pending' };
}

/** Takes back the last decision. */
export async function undoLast(): Promise<Undone> {
  const { decision, restored, skipped, held_ids } = await writeOnce((idempotencyKey) =>
    api.undoReview({ body: {} }, { idempotencyKey }),
  );
  return {
    action: decision.decision.action,
    items: decision.items,
    restored,
    skipped,
    heldIds: held_ids,
    decision,
  };
}
