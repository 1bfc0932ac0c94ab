import type { AlertKind, JudgedSamples, PrepareInput, SnapshotPair, SnapshotRating } from '@attune/contracts';

/** A data set that can no longer change. */
export interface FrozenDataset {
  id: string;
  name: string;
  contentHash: string;
  ratings: SnapshotRating[];
  pairs: SnapshotPair[];
}

/** A frozen data set byte by byte. */
export interface Snapshot {
  id: string;
  name: string;
  contentHash: string;
  bytes: Uint8Array;
}

/** Where frozen data sets come from; curate knows. */
export interface Datasets {
  /**
   * A data set by id or name; null when unknown.
   * @throws AttuneError `dataset_not_ready` while it is not frozen
   */
  open(organization: string, idOrName: string): Promise<FrozenDataset | null>;
  /** The same as it was frozen: JSON Lines whose SHA-256 is the content hash. */
  snapshot(organization: string, idOrName: string): Promise<Snapshot | null>;
}

/** A model that a run made. */
export interface TrainedModel {
  organization: string;
  name: string;
  /** Null where no job made it: a blend. */
  jobId: string | null;
  datasetId: string;
  baseModel: string;
  card: Record<string, unknown>;
  metrics: Record<string, unknown>;
  kind: 'reward' | 'policy';
  /** The file that scores, among the blobs; null where a model has none, or more than one. */
  artifact: { sha256: string; bytes: number } | null;
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

/** What people are to see of what a retraining rule did. */
export interface RetrainingNotice {
  readonly organization: string;
  readonly kind: Extract<AlertKind, 'model_ready' | 'retraining_paused'>;
  /** The model that it is about; told again of the same one, it stays one notice. */
  readonly model: string;
  readonly message: string;
}

/** What people said of live answers, and how the reward models had scored them; collect, serve and ship know. */
export interface LabelNeeds {
  /** Reward models that take traffic now. */
  inTraffic(organization: string): readonly string[];
  /** The newest reactions to answers of a reward model in a span of time, at most `most`. */
  labelsIn(
    span: { organization: string; rewardModel: string; from: Date; to: Date },
    most: number,
  ): Promise<readonly { responseId: string; positive: boolean | null }[]>;
  /** The rewards of answers, by response id; those without one are missing. */
  rewardsOf(organization: string, responseIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** What rules of retraining ask of others. */
export interface RetrainingNeeds {
  readonly labels: LabelNeeds;
  /** People's ratings that were approved since a moment (null: those in no data set yet), counted up to `most`. */
  countRatings(organization: string, since: Date | null, most: number): Promise<number>;
  /**
   * Freezes a data set.
   * @throws AttuneError `not_enough_data`, `dataset_not_found`, `dataset_not_ready`
   */
  prepare(organization: string, input: PrepareInput): Promise<{ id: string; name: string }>;
  /** Has the gates of a model measured, so that whoever is asked to deploy it sees what they say. */
  measureGates(organization: string, model: string): Promise<void>;
  /**
   * Has a reward model score a share of live answers unseen.
   * @throws AttuneError `model_not_deployable`, `shadow_under_way`
   */
  shadow(organization: string, model: string, share: number): Promise<void>;
  tell(notice: RetrainingNotice): Promise<void>;
}

/** A text that people judge, with who wrote it, which they do not see. */
interface Written {
  readonly text: string;
  readonly model: string | null;
  readonly score: number | null;
}

/** What a policy wrote at a step of its run, beside what was written before for the same question. */
export interface SamplePair {
  readonly step: number;
  readonly query: string;
  /** The turns before it as one text; '' where it was the first question. */
  readonly context: string;
  readonly current: Written;
  readonly before: Written;
}

/** Blind judging of what policies write; curate knows. */
export interface JudgingNeeds {
  /**
   * The project that is asked for, or a new draft.
   * @throws AttuneError `judging_project_not_found`
   */
  open(organization: string, project: string | null, name: string): Promise<string>;
  add(organization: string, project: string, job: string, pairs: readonly SamplePair[]): Promise<void>;
  standing(organization: string, job: string): Promise<Omit<JudgedSamples, 'project_id'>>;
}

/** Which of two answers a model prefers, by a written principle. */
export interface ModelPreference {
  readonly query: string;
  readonly context?: string | undefined;
  readonly chosen: string;
  readonly rejected: string;
  /** 0 to 1. */
  readonly strength: number;
  readonly model: string;
  readonly principle: string;
  readonly votes: Readonly<Record<'in_order' | 'swapped', string>>;
}

/** Where AI preferences go to be reviewed; collect knows. */
export interface PreferenceNeeds {
  /** Adds those that are not there yet, and says how many they were. */
  add(organization: string, job: string, preferences: readonly ModelPreference[]): Promise<number>;
}

/** How runs of the trainer are started on this machine. */
export interface TrainerNeeds {
  readonly python: string;
  /** Folder of its Python package. */
  readonly sources: string;
  /** Folder in which each run has one of its own. */
  readonly runsFolder: string;
  /** Runs at once. */
  readonly mostRuns: number;
  readonly hourlyCost: number;
}

/** How runs get to a Ray cluster. */
export interface RayNeeds {
  /** Address of the cluster's dashboard. */
  readonly url: string;
  readonly token: string | undefined;
  /** Python on the cluster that has the trainer. */
  readonly python: string;
  /** Folder on the cluster in which each run has one of its own. */
  readonly folder: string;
  /** Processes that share a run, and GPUs of each. */
  readonly workers: number;
  readonly gpus: number;
  /** Address of this server, as the cluster reaches it. */
  serverUrl(): string;
}

/** What the room asks of others. */
export interface LearnNeeds {
  readonly datasets: Datasets;
  readonly registry: Registry;
  /** Folder with the embedders' weights. */
  readonly modelsFolder: string;
  readonly trainer: TrainerNeeds;
  /** Null where there is no cluster. */
  readonly ray: RayNeeds | null;
  readonly retraining: RetrainingNeeds;
  readonly judging: JudgingNeeds;
  readonly preferences: PreferenceNeeds;
}
