import type { AnswerStep, ChatMessage, ExperimentExposure } from '@attune/contracts';

/** An answer that was delivered, as far as feedback needs it. */
export interface Answer {
  readonly responseId: string;
  readonly query: string;
  readonly response: string;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly rewardModel: string | null;
  readonly policy: string;
  /** The experiment that it counts for. */
  readonly experiment: ExperimentExposure | null;
  /** The registered policy that its visitor was to get, '' for none; null where there was none to choose. */
  readonly assignedPolicy: string | null;
  readonly context: ChatMessage[];
  /** What was done on the way to it; empty where nothing is known. */
  readonly steps: readonly AnswerStep[];
  /** The candidates that were written. */
  readonly candidates: readonly { readonly id: string; readonly text: string }[];
}

/** Where answers are found; serving keeps them. */
export interface Answers {
  find(organization: string, responseId: string): Promise<Answer | null>;
}

/** An answer that was given elsewhere. One `importKey` is taken in once per organisation. */
export interface ImportedAnswer {
  readonly organization: string;
  readonly query: string;
  readonly context: ChatMessage[];
  readonly response: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly importKey: string;
}

/** Takes in answers given elsewhere; results stand in the order of the rows. */
export type ImportAnswers = (
  rows: readonly ImportedAnswer[],
) => Promise<{ responseId: string; alreadyThere: boolean }[]>;
