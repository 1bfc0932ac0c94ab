import type { ChatMessage } from '@attune/contracts';
import type { Stage } from './stage.ts';

/** What is told about every answer, however it ended. */
export interface AnsweredEvent {
  readonly organization: string;
  readonly responseId: string;
  readonly askedAt: Date;
  /** Model that the request names. */
  readonly model: string;
  readonly sessionId: string | null;
  readonly streamed: boolean;
  /** W3C trace context of the request. */
  readonly traceparent: string | null;
  readonly messages: readonly ChatMessage[];
  /** What was delivered; the part that there was where it broke off. */
  readonly text: string | null;
  readonly rewardModel: string | null;
  readonly policy: string;
  readonly status: 'delivered' | 'aborted' | 'failed';
  /** What went less well than it could, or why there is no answer, by code. */
  readonly reasons: readonly string[];
  /** Reward of what was delivered, 0–1. */
  readonly reward: number | null;
  /** Checks that what was delivered does not pass, the threshold among them. */
  readonly failedChecks: readonly string[];
  readonly latencyMs: number;
  readonly scoringMs: number | null;
  readonly candidates: number;
  readonly stages: readonly Stage[];
}

/** Somebody who counts answers; watch does. */
export interface AnswerObserver {
  answered(answer: AnsweredEvent): void;
}
