import type { FeedbackSource, FeedbackType } from '@attune/contracts';

/** One answer, as it ended. */
export interface AnsweredQuestion {
  readonly organization: string;
  readonly rewardModel: string | null;
  readonly status: 'delivered' | 'aborted' | 'failed';
  readonly degraded: boolean;
  readonly latencyMs: number;
  readonly scoringMs: number | null;
  readonly candidates: number;
  readonly policy: string;
}

/** One acknowledged feedback. */
export interface GivenFeedback {
  readonly id: string;
  readonly organization: string;
  readonly rewardModel: string | null;
  readonly type: FeedbackType;
  readonly source: FeedbackSource;
  /** The person says that the answer is harmful, and had not said so before. */
  readonly safetyReported: boolean;
  readonly isNew: boolean;
}
