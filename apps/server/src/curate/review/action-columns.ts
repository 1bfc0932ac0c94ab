import type { ReviewAction } from '@attune/contracts';
import { type RawBuilder, sql } from 'kysely';

const statusOf = { approve: 'approved', reject: 'rejected', flag: 'flagged' } as const;

/** Actions that end an item's review: they count as done, and the item is let go. */
export const verdicts = ['approve', 'reject', 'flag', 'correct'] as const;

/** Whether the reviewer is through with an item after an action. */
export function endsReview({ action }: ReviewAction): boolean {
  return action === 'skip' || verdicts.some((verdict) => verdict === action);
}

/** What an action sets on `rlhf_feedback`, as the list of a SET; null for `skip`, which leaves the feedback alone. */
export function settings(decision: ReviewAction): RawBuilder<unknown> | null {
  switch (decision.action) {
    case 'approve':
    case 'reject':
    case 'flag':
      return sql`status = ${statusOf[decision.action]}, review_note = coalesce(${decision.note ?? null}, review_note)`;
    case 'reopen':
      return sql`status = 'pending'`;
    case 'correct':
      return sql`status = 'approved', review_correction = ${decision.correction}`;
    case 'note':
      return sql`review_note = ${decision.note}`;
    case 'tag':
      return sql`tags = tags || ARRAY(SELECT DISTINCT t FROM unnest(${decision.tags}::text[]) t WHERE t <> ALL(tags) ORDER BY t)`;
    case 'untag':
      return sql`tags = ARRAY(SELECT t FROM unnest(tags) WITH ORDINALITY AS kept(t, n)
        WHERE t <> ALL(${decision.tags}::text[]) ORDER BY n)`;
    case 'assign':
      return sql`assigned_to = ${decision.assignee}::uuid`;
    case 'unassign':
      return sql`assigned_to = NULL`;
    case 'skip':
      return null;
  }
}
