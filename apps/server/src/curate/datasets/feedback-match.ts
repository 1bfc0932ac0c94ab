import type { FeedbackQuery } from '@attune/contracts';
import type { FeedbackMatch } from '../trainable.ts';

const DAY_MS = 86_400_000;

/** A query as the room that keeps feedback takes it; "the last days" end now. Agreement is not part of it. */
export function feedbackMatch(query: FeedbackQuery, now: Date): FeedbackMatch {
  return {
    statuses: query.statuses,
    tags: query.tags,
    sources: query.sources,
    types: query.feedback_types,
    after: since(query, now),
    before: query.before === undefined ? null : new Date(query.before),
    minRating: query.min_rating ?? null,
    maxRating: query.max_rating ?? null,
    reviewer: query.annotator ?? null,
    includeUsed: query.include_used,
  };
}

/** The later of the two beginnings that a query can name; null for none. */
export function since(
  { after, last_days }: Pick<FeedbackQuery, 'after' | 'last_days'>,
  now: Date,
): Date | null {
  const starts = [
    ...(after === undefined ? [] : [new Date(after).getTime()]),
    ...(last_days === undefined ? [] : [now.getTime() - last_days * DAY_MS]),
  ];
  return starts.length === 0 ? null : new Date(Math.max(...starts));
}
