import type { ReviewAction } from '@attune/contracts';
import type { QueueFilter } from '../filter/review-search.ts';
import { statusAfter } from './changed-by.ts';

/** Whether an item no longer stands in a queue after an action. */
export function leavesQueue(action: ReviewAction['action'], { status = 'pending' }: QueueFilter): boolean {
  const after = statusAfter(action);
  return after !== null && after !== status;
}
