import type { FeedbackSource, FeedbackType } from '@attune/contracts';

/** One acknowledged feedback, told after it is durable. */
export interface RecordedFeedback {
  readonly id: string;
  readonly organization: string;
  readonly responseId: string | null;
  readonly rewardModel: string | null;
  readonly type: FeedbackType;
  readonly source: FeedbackSource;
  readonly rating: number | null;
  readonly thumbs: 'up' | 'down' | null;
  /** The person says that the answer is harmful, and had not said so before. */
  readonly safetyReported: boolean;
  /** False when it replaces what the person said before. */
  readonly isNew: boolean;
}

/** Somebody who wants to know at once; must neither throw nor block. */
export interface FeedbackObserver {
  recorded(feedback: RecordedFeedback): void;
  /** Feedback about these versions was reviewed, deleted or imported: their counters have changed. */
  changed(organization: string, rewardModels: readonly (string | null)[]): void;
}
