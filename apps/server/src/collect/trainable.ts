import type { FeedbackSource, FeedbackStatus } from '@attune/contracts';
import { correctionIn, thumbsIn } from './statement-row.ts';
import type { FeedbackRow, Sql } from './store/feedback-row.ts';
import {
  countMatching,
  countNewlyApproved,
  type FeedbackMatch,
  type MatchPosition,
  matchingRows,
} from './store/matching.ts';
import { markUsed, rowsById, unusedAfter } from './store/trainable.ts';
import { type TrainableRemark, trainableRemark } from './trainable-remark.ts';

/** Feedback as the preparation of data sets sees it. */
export interface TrainableFeedback {
  readonly id: string;
  readonly query: string;
  /** The turns before it as one text; '' where it was the first. */
  readonly context: string;
  readonly response: string;
  /** 1 to 5; thumbs without stars count as 5 and 1. */
  readonly rating: number | null;
  readonly dimensions: FeedbackRow['rating_dimensions'];
  readonly correction: string | null;
  readonly comment: string | null;
  /** Where it is about a part of the answer, or about two candidates. */
  readonly remark: TrainableRemark | null;
  readonly person: string;
  readonly responseId: string | null;
  readonly tags: readonly string[];
  readonly source: FeedbackSource;
  readonly createdAt: Date;
}

/** What is taken: feedback with one of the statuses (all when empty); with `includeUsed` also what was trained on. */
export interface TrainableFilter {
  readonly statuses: readonly FeedbackStatus[];
  readonly includeUsed: boolean;
}

export interface Trainable {
  /** Feedback in the order of its ids, in pages of up to 2,000. */
  unused(organization: string, filter: TrainableFilter): AsyncIterable<TrainableFeedback[]>;
  /** Up to `most` of the feedback that matches, newest first, in pages of up to 2,000. */
  matching(organization: string, match: FeedbackMatch, most: number): AsyncIterable<TrainableFeedback[]>;
  /** How much feedback matches, counted up to `most`. */
  countMatching(organization: string, match: FeedbackMatch, most: number): Promise<number>;
  /** People's ratings that were approved since a moment (null: those in no data set yet), counted up to `most`. */
  countNewlyApproved(organization: string, since: Date | null, most: number): Promise<number>;
  /** Feedback by id, in the order of its ids; ids that do not exist are left out. */
  byIds(organization: string, ids: readonly string[]): Promise<TrainableFeedback[]>;
  /** Marks feedback as used in training; pass a transaction to make it part of that one. */
  markUsed(organization: string, ids: readonly string[], within?: Sql): Promise<void>;
}

const PAGE = 2000;

/** Opens the reader of trainable feedback. */
export function openTrainable(sql: Sql): Trainable {
  return {
    async *unused(organization, filter) {
      let rows = await unusedAfter(sql, organization, filter, null, PAGE);
      while (rows.length > 0) {
        yield rows.map(toTrainable);
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        rows = await unusedAfter(sql, organization, filter, last.id, PAGE);
      }
    },
    async *matching(organization, match, most) {
      let after: MatchPosition | null = null;
      for (let left = most; left > 0; left -= PAGE) {
        const rows = await matchingRows(sql, organization, match, after, Math.min(PAGE, left));
        if (rows.length > 0) yield rows.map(toTrainable);
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        after = { createdAt: last.position, id: last.id };
      }
    },
    countMatching: (organization, match, most) => countMatching(sql, organization, match, most),
    countNewlyApproved: (organization, since, most) => countNewlyApproved(sql, organization, since, most),
    byIds: async (organization, ids) => (await rowsById(sql, organization, ids)).map(toTrainable),
    markUsed: (organization, ids, within) => markUsed(within ?? sql, organization, ids),
  };
}

function toTrainable(row: FeedbackRow): TrainableFeedback {
  return {
    id: row.id,
    query: row.query,
    context: row.query_context,
    response: row.response,
    rating: row.rating_overall ?? thumbsAsRating(row.reaction_type),
    dimensions: row.rating_dimensions,
    // A curator who corrects an answer has the last word.
    correction: row.review_correction ?? correctionIn(row.feedback_value),
    comment: row.text_feedback,
    remark: trainableRemark(row.feedback_value),
    person: row.person,
    responseId: row.response_id,
    tags: row.tags,
    source: row.source,
    createdAt: row.created_at,
  };
}

function thumbsAsRating(reaction: string | null): number | null {
  const thumbs = thumbsIn(reaction);
  if (thumbs === null) return null;
  return thumbs === 'up' ? 5 : 1;
}
