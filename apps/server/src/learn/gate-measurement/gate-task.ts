import type { GateFindings } from '@attune/contracts';

/** What a measurement for the gates is told beside its rows. */
export interface GateTaskSetting {
  readonly candidate: Uint8Array;
  /** The model that has to be matched; null where there is none to compare with. */
  readonly incumbent: Uint8Array | null;
  readonly modelsFolder: string;
  /** Queries that either model was trained on, packed. */
  readonly trainingQueries: Uint8Array;
  /** Questions with comparisons from which on pair accuracy is taken; AUC of single ratings below. */
  readonly fewest: number;
}

/** Share of the answers that are scored, 0–1. */
export interface GateTaskEvent {
  readonly progress: number;
}

/** What was found on data and on the safety set. */
export interface GateTaskResult
  extends Pick<
    GateFindings,
    'data_hash' | 'excluded' | 'metrics' | 'ordering' | 'calibration' | 'length' | 'safety' | 'examples'
  > {
  readonly incumbent: Pick<NonNullable<GateFindings['incumbent']>, 'metrics' | 'difference'> | null;
}
