import type { Metrics } from '@attune/contracts';

/** What a measurement is told beside its rows. */
export interface EvaluationSetting {
  artifact: Uint8Array;
  modelsFolder: string;
  /** Queries the model was trained on, packed. */
  trainingQueries: Uint8Array;
}

/** One rated answer or one comparison, with what was said before the question. */
export type EvaluationRow = { query: string; context?: string | undefined } & (
  | { type: 'rating'; response: string; rating: number }
  | { type: 'pair'; chosen: string; rejected: string }
);

export interface EvaluationResult {
  /** Rows left out because their query was in the training data. */
  excluded: number;
  /** SHA-256 of the rows that were left; null when none were. */
  measured: { dataHash: string; metrics: Metrics } | null;
}
