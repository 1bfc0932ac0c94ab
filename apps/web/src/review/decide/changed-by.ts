import type { FeedbackStatus, ReviewAction, ReviewItem } from '@attune/contracts';

const statuses: Partial<Record<ReviewAction['action'], FeedbackStatus>> = {
  approve: 'approved',
  correct: 'approved',
  reject: 'rejected',
  flag: 'flagged',
  reopen: 'pending',
};

/** The status that an action gives; null where it leaves it. */
export function statusAfter(action: ReviewAction['action']): FeedbackStatus | null {
  return statuses[action] ?? null;
}

/** An item as it will be when the server takes the decision. Who it is assigned to is for the server to say. */
export function changedBy(item: ReviewItem, decision: ReviewAction): ReviewItem {
  const { feedback, review } = item;
  if (decision.action === 'note') return { feedback, review: { ...review, note: decision.note } };
  if (decision.action === 'unassign') return { feedback, review: { ...review, assigned_to: null } };
  if (decision.action === 'tag') return tagged(item, [...new Set([...feedback.tags, ...decision.tags])]);
  if (decision.action === 'untag')
    return tagged(
      item,
      feedback.tags.filter((tag) => !decision.tags.includes(tag)),
    );
  const status = statusAfter(decision.action);
  return status === null ? item : { feedback: { ...feedback, status }, review };
}

function tagged({ feedback, review }: ReviewItem, tags: string[]): ReviewItem {
  return { feedback: { ...feedback, tags }, review };
}
