import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';

/** A person's feedback as training needs it. */
export interface TrainableFeedback {
  readonly id: string;
  readonly query: string;
  readonly response: string;
  /** Stars, 1 to 5; thumbs count as 1 and 5. Null where the person gave none. */
  readonly rating: number | null;
  readonly dimensions: Partial<Record<'accuracy' | 'helpfulness' | 'clarity' | 'safety', number>>;
  /** The answer as it should have been. */
  readonly correction: string | null;
  readonly comment: string | null;
  readonly person: string;
  readonly responseId: string | null;
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

/** What this room needs from the one that keeps feedback. */
export interface Trainable {
  /** Feedback that is in no data set yet, in pages. */
  unused(organization: string, filter: UnusedFilter): AsyncIterable<TrainableFeedback[]>;
  /** Unknown ids and those of other organisations are left out. */
  byIds(organization: string, ids: readonly string[]): Promise<TrainableFeedback[]>;
  /** Marks feedback as used, as part of the transaction. */
  markUsed(organization: string, ids: readonly string[], within: Kysely<Tables>): Promise<void>;
}
