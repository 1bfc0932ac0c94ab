/** What a check looks at: a question, one candidate answer and what is known of both. */
export interface CheckInput {
  query: string;
  text: string;
  /** Why the generator stopped, in OpenAI's words; null or absent when unknown. */
  finish_reason?: string | null;
  /** Passages that the answer should rest on, for checks of groundedness. */
  context?: readonly string[];
}

/** What a check found. */
export interface CheckOutcome {
  /** Name of the check. */
  check: string;
  passed: boolean;
  /** How good the answer is in this respect, 0–1: a rule score for `ensemble` selection. */
  score: number;
  /** Codes of what is wrong, worst first; empty when nothing is. */
  reasons: string[];
}

/**
 * One test that a candidate must pass before it is delivered. Checks that need a model (toxicity, groundedness) have
 * the same form; a check that must wait gives a promise, and the room awaits it before it selects.
 */
export interface Check<Outcome extends CheckOutcome | Promise<CheckOutcome> = CheckOutcome> {
  name: string;
  run(input: CheckInput): Outcome;
}
