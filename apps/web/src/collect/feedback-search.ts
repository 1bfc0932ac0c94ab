import type { FeedbackStatus, FeedbackType } from '@attune/contracts';

export const statuses: readonly FeedbackStatus[] = ['pending', 'approved', 'rejected', 'flagged'];
export const types: readonly FeedbackType[] = [
  'thumbs_up',
  'thumbs_down',
  'rating',
  'correction',
  'detailed',
  'step',
  'inline',
  'comparison',
  'voice',
];
export const ratings = ['low', 'high'] as const;

/** What the address of the feedback page says: filters; absent ones let everything through. */
export interface FeedbackSearch {
  readonly status?: FeedbackStatus;
  readonly rating?: (typeof ratings)[number];
  readonly type?: FeedbackType;
}

/** Reads the address; what is no filter is left out. */
export function feedbackSearch(search: Record<string, unknown>): FeedbackSearch {
  const status = statuses.find((one) => one === search.status);
  const rating = ratings.find((one) => one === search.rating);
  const type = types.find((one) => one === search.type);
  return { ...(status && { status }), ...(rating && { rating }), ...(type && { type }) };
}

const bounds = { low: { max_rating: 2 }, high: { min_rating: 4 } };

/** The same as the server's filters. */
export function filterOf({ status, rating, type }: FeedbackSearch) {
  return {
    ...(status && { status }),
    ...(type && { feedback_type: type }),
    ...(rating && bounds[rating]),
  };
}
