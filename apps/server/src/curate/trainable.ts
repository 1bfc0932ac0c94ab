import type { FeedbackSource, FeedbackStatus, FeedbackType } from '@attune/contracts';
import type { NotedPart, StepJudgement } from '@attune/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';

/** What a person says of a part of an answer, or of two candidates. */
export type TrainableRemark =
  | ({ readonly kind: 'step' } & Readonly<StepJudgement>)
  | ({ readonly kind: 'note' } & Readonly<NotedPart>)
  | {
      readonly kind: 'comparison';
      readonly chosen: string;
      readonly rejected: string;
      /** 0 to 1; null where the person did not say. */
      readonly strength: number | null;
    };

/** A person's feedback as training needs it. */
export interface TrainableFeedback {
  readonly id: string;
  readonly query: string;
  /** The turns before it as one text; '' where it was the first. */
  readonly context: string;
  readonly response: string;
  /** Stars, 1 to 5; thumbs count as 1 and 5. Null where the person gave none. */
  readonly rating: number | null;
  readonly dimensions: Partial<Record<'accuracy' | 'helpfulness' | 'clarity' | 'safety', number>>;
  /** The answer as it should have been. */
  readonly correction: string | null;
  readonly comment: string | null;
  /** Where it is about a part of the answer, or about two candidates. */
  readonly remark: TrainableRemark | null;
  readonly person: string;
  readonly responseId: string | null;
  readonly tags: readonly string[];
  readonly source: string;
  readonly createdAt: Date;
}

export type TrainableStatus = 'pending' | 'approved';

/** Which of the unused feedback to read. */
export interface UnusedFilter {
  readonly statuses: readonly TrainableStatus[];
  /** Feedback that is in an earlier data set too. */
  readonly includeUsed: boolean;
}

/** Which feedback to read; empty lists and null stand for anything. */
export interface FeedbackMatch {
  readonly statuses: readonly FeedbackStatus[];
  /** All of them. */
  readonly tags: readonly string[];
  readonly sources: readonly FeedbackSource[];
  readonly types: readonly FeedbackType[];
  readonly after: Date | null;
  readonly before: Date | null;
  /** Of stars; thumbs count as 5 and 1. */
  readonly minRating: number | null;
  readonly maxRating: number | null;
  /** E-mail address of who reviewed it. */
  readonly reviewer: string | null;
  /** Feedback that is in a data set too. */
  readonly includeUsed: boolean;
}

/** What this room needs from the one that keeps feedback. */
export interface Trainable {
  /** Up to `most` of the feedback that matches, newest first, in pages. */
  matching(organization: string, match: FeedbackMatch, most: number): AsyncIterable<TrainableFeedback[]>;
  /** How much feedback matches, counted up to `most`. */
  countMatching(organization: string, match: FeedbackMatch, most: number): Promise<number>;
  /** Feedback that is in no data set yet, in pages. */
  unused(organization: string, filter: UnusedFilter): AsyncIterable<TrainableFeedback[]>;
  /** Unknown ids and those of other organisations are left out. */
  byIds(organization: string, ids: readonly string[]): Promise<TrainableFeedback[]>;
  /** Marks feedback as used, as part of the transaction. */
  markUsed(organization: string, ids: readonly string[], within: Kysely<Tables>): Promise<void>;
}
