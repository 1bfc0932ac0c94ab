import type { Score } from './score.ts';

/** A reward model of whichever kind, ready to score. */
export interface RewardScorer {
  /** One score per response, in order. A response's score does not depend on the other responses. */
  score(query: string, responses: readonly string[]): Promise<Score[]>;
  /** Gives back what it holds; a linear model's embedder belongs to whoever loaded it. */
  close(): Promise<void>;
}
