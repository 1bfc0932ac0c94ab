import type { Metrics, RewardHyperparameters, SnapshotPair, SnapshotRating } from '@attune/contracts';
import type { ErrorTables } from './error-tables.ts';
import type { Unstamped } from './run-voice.ts';
import type { Stage } from './training-stages.ts';

/** What a training run is told beside its rows. */
export interface TrainingSetting {
  hyperparameters: RewardHyperparameters;
  modelsFolder: string;
  dataset: { id: string; name: string; contentHash: string };
  codeVersion: string;
}

export type TrainingRow = SnapshotRating | SnapshotPair;

/** What a run says while it works. */
export type TrainingNews =
  | { type: 'progress'; stage: Stage; done: number; total: number }
  | Extract<Unstamped, { type: 'metric' | 'log' }>;

/** What a run makes. The same rows, hyperparameters and code give the same bytes. */
export interface TrainingResult {
  artifact: Uint8Array;
  /** Id of the embedder, which the model is nothing without. */
  baseModel: string;
  card: Record<string, unknown>;
  /** On the validation split, which the training never saw; null where the data set holds none back. */
  metrics: Metrics | null;
  /** On the same split, by length, category and group of users. */
  errors: ErrorTables;
  /** Queries of the training split, packed. */
  trainingQueries: Uint8Array;
}
