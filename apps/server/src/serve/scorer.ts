import type { Score } from '@attune/contracts';
import type { Asked } from '@attune/core';
import type { LiveModel } from './live-models.ts';

/** What else a call says about how its texts are scored. */
export interface ScoringWish {
  /** Interactive texts go before bulk ones. */
  readonly lane: 'interactive' | 'bulk';
  /** Longest wait, in milliseconds. */
  readonly timeoutMs: number;
}

/** Scores texts with a reward model; the scoring pool does, in worker threads. */
export interface Scorer {
  /**
   * One score per response, in order. A score depends on the model, the query with the turns before it (`earlierTurns`)
   * and the response alone.
   * @throws AttuneError `scoring_unavailable` or `overloaded`; ScoringTimeout
   */
  score(model: LiveModel, asked: Asked, responses: readonly string[], wish: ScoringWish): Promise<Score[]>;
}

/** Scoring took longer than the caller could wait. */
export class ScoringTimeout extends Error {
  constructor() {
    super('Scoring did not finish in time.');
  }
}
