import type { AnsweredQuestion, GivenFeedback } from '../observers.ts';

/** Tells an OpenTelemetry collector what happens. Neither call throws or blocks. */
export interface Telemetry {
  answered(answer: AnsweredQuestion): void;
  feedbackGiven(feedback: GivenFeedback): void;
  /** Sends what waits, as far as the collector takes it. */
  stop(): Promise<void>;
}
