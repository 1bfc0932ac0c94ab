/** What is told about every answer, however it ended. */
export interface AnsweredEvent {
  readonly organization: string;
  readonly rewardModel: string | null;
  readonly status: 'delivered' | 'aborted' | 'failed';
  readonly degraded: boolean;
  readonly latencyMs: number;
  readonly scoringMs: number | null;
  readonly candidates: number;
  readonly policy: string;
}

/** Somebody who counts answers; watch does. */
export interface AnswerObserver {
  answered(answer: AnsweredEvent): void;
}
