import type { Metrics } from '@attune/contracts';
import type { Blend } from '@attune/reward';
import type { EvaluationRow } from '../evaluation-task.ts';

export type BlendRow = EvaluationRow;

/** What the making of a blend is told beside its rows. */
export interface BlendSetting {
  /** The two models' files. */
  artifacts: readonly [Uint8Array, Uint8Array];
  modelsFolder: string;
  /** Queries that either model was trained on, packed, by model. */
  trainingQueries: readonly Uint8Array[];
}

/** Pair accuracy that a blend gains on one of its models. */
export interface Gain {
  value: number;
  ci: [number, number];
  n: number;
}

/** A blend as it is registered, with measurements by question, each by a blend that other questions chose. */
export interface MadeBlend extends Blend {
  artifact: Uint8Array;
  metrics: Metrics;
  gains: [Gain, Gain];
  /** Those that chose and measured it, packed. */
  queries: Uint8Array;
  dataHash: string;
}

export interface BlendResult {
  /** Rows left out because their query was in training data. */
  excluded: number;
  /** Questions with answers that can be compared. */
  questions: number;
  /** Null where these are too few. */
  made: MadeBlend | null;
}
