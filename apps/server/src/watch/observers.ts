import type { ChatMessage, FeedbackSource, FeedbackType } from '@attune/contracts';

/** One call that asked for a candidate. */
export interface GenerationStage {
  readonly kind: 'generate';
  readonly candidate: string;
  readonly method: string;
  /** Milliseconds from the question to the call, and of the call. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly finishReason: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly error: string | null;
}

/** Candidates that were scored together. */
export interface ScoringStage {
  readonly kind: 'score';
  readonly startMs: number;
  readonly durationMs: number;
  readonly candidates: number;
  readonly error: string | null;
}

/** One answer, as it ended. */
export interface AnsweredQuestion {
  readonly organization: string;
  readonly responseId: string;
  readonly askedAt: Date;
  /** Model that the request names. */
  readonly model: string;
  readonly sessionId: string | null;
  readonly streamed: boolean;
  readonly traceparent: string | null;
  readonly messages: readonly ChatMessage[];
  readonly text: string | null;
  readonly rewardModel: string | null;
  readonly policy: string;
  readonly status: 'delivered' | 'aborted' | 'failed';
  /** What went less well than it could, or why there is no answer, by code. */
  readonly reasons: readonly string[];
  readonly reward: number | null;
  /** Checks that what was delivered does not pass. */
  readonly failedChecks: readonly string[];
  readonly latencyMs: number;
  readonly scoringMs: number | null;
  readonly candidates: number;
  readonly stages: readonly (GenerationStage | ScoringStage)[];
}

/** One acknowledged feedback. */
export interface GivenFeedback {
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
  readonly isNew: boolean;
}
