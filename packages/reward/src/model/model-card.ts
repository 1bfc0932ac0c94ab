import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Configuration } from '../train/configuration.ts';

/** What a reader needs to trust a model, saved with it. */
export interface ModelCard {
  recipe: 'plain' | 'attune';
  embedder: string;
  /** Hash of the training data, as the caller computed it; null where it did not. */
  data_hash: string | null;
  data: { ratings: number; pairs: number; responses: number; queries: number };
  seed: number;
  /** Names of the features or blocks in use. */
  features: string[];
  /** Overall, and the dimensions with a head of their own. */
  heads: string[];
  /** Chosen by cross-validation; null for the plain recipe, which has nothing to choose. */
  configuration: Configuration | null;
  length_controlled: boolean;
  /** What the metrics were measured on. */
  measured_on: string;
  metrics: Evaluation;
}
