import type { SnapshotPair, SnapshotRating } from '@attune/contracts';

/** A data set that can no longer change. */
export interface FrozenDataset {
  id: string;
  name: string;
  contentHash: string;
  ratings: SnapshotRating[];
  pairs: SnapshotPair[];
}

/** Where frozen data sets come from; curate knows. */
export interface Datasets {
  /**
   * A data set by id or name; null when unknown.
   * @throws AttuneError `dataset_not_ready` while it is not frozen
   */
  open(organization: string, idOrName: string): Promise<FrozenDataset | null>;
}

/** A model that a run made, with its file. */
export interface TrainedModel {
  organization: string;
  name: string;
  jobId: string;
  datasetId: string;
  baseModel: string;
  card: Record<string, unknown>;
  metrics: Record<string, unknown>;
  artifact: Uint8Array;
}

/** Where trained models go; ship knows. */
export interface Registry {
  /** A job registers once: repeated, it gets the model it has. */
  register(model: TrainedModel): Promise<{ modelId: string }>;
  /** By id, `name@version` or name; null when unknown or without a file. */
  find(
    organization: string,
    nameOrId: string,
  ): Promise<{
    modelId: string;
    artifactSha256: string;
    datasetId: string | null;
    card: Record<string, unknown>;
  } | null>;
}

/** What the room asks of others. */
export interface LearnNeeds {
  readonly datasets: Datasets;
  readonly registry: Registry;
  /** Folder with the embedders' weights. */
  readonly modelsFolder: string;
  /** Folder in which each run of the trainer has one of its own. */
  readonly runsFolder: string;
}
