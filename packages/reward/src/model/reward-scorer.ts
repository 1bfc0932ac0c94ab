import type { Asked } from '@attune/core';
import type { Score } from './score.ts';

/** A reward model of whichever kind, ready to score. */
export interface RewardScorer {
  /**
   * One score per response to a question, in order. A response's score does not depend on the other responses. What was
   * said before the question is read by cross-encoders, as in training; linear models read the question alone.
   */
  score(asked: Asked, responses: readonly string[]): Promise<Score[]>;
  /** Gives back what it holds; a linear model's embedder belongs to whoever loaded it. */
  close(): Promise<void>;
}
