import type { Feedback } from '@attune/contracts';
import { toFeedback } from './feedback-view.ts';
import type { Sql } from './store/feedback-row.ts';
import { historyOf } from './store/history.ts';
import { rowsById } from './store/trainable.ts';

/** What reviewers see of what people said. */
export interface ReviewedFeedback {
  /** By id, in the order of ids; ids that do not exist are left out. */
  byIds(organization: string, ids: readonly string[]): Promise<Feedback[]>;
  /** What a person said before they changed their mind, newest first, at most a hundred times. */
  earlier(organization: string, id: string): Promise<{ replaced_at: string; was: Record<string, unknown> }[]>;
}

/** Opens the reader of feedback for review. */
export function openReviewed(sql: Sql): ReviewedFeedback {
  return {
    byIds: async (organization, ids) => (await rowsById(sql, organization, ids)).map(toFeedback),
    earlier: async (organization, id) =>
      (await historyOf(sql, organization, id)).map(({ replaced_at, was }) => ({
        replaced_at: replaced_at.toISOString(),
        was,
      })),
  };
}
