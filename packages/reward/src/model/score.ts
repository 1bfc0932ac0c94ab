import type { Dimension } from '../train/samples.ts';

/** What a model thinks of one answer. */
export interface Score {
  /** 0–1: the probability that people rate the answer 4 or better. */
  reward: number;
  /** Its log-odds. */
  logit: number;
  /** The same per dimension that has a head of its own. */
  dimensions?: Partial<Record<Dimension, number>>;
}
