import type { DatasetType, PairMethod, SnapshotPair, ValidationReport } from '@attune/contracts';

/** A pair that people wrote or imported and that is in no data set yet. */
export interface GivenPair {
  readonly id: string;
  readonly query: string;
  /** The turns before it; '' where it was the first question. */
  readonly context: string;
  readonly chosen: string;
  readonly rejected: string;
  /** 0 to 1. */
  readonly strength: number;
  readonly method: PairMethod;
  readonly feedbackIds: string[];
  /** Who wrote it, where that is known. */
  readonly annotator: string | null;
  readonly createdAt: Date;
}

/** How feedback becomes a data set. The same input and settings always give the same set. */
export interface AssemblySettings {
  readonly datasetType: DatasetType;
  readonly methods: readonly PairMethod[];
  readonly split: 'stratified' | 'temporal' | 'by_user';
  /** Share of queries held out. */
  readonly validationShare: number;
  readonly seed: number;
  /** Fewest usable feedbacks and given pairs together. */
  readonly minimum: number;
  /** Most of the data that one person may contribute; null keeps everything, as a curator chose it. */
  readonly personCap: number | null;
}

/** A set ready to be frozen. */
export interface AssembledSet {
  readonly snapshot: Uint8Array;
  /** SHA-256 of the snapshot. */
  readonly contentHash: string;
  /** Feedback that stands in the snapshot. */
  readonly feedbackIds: string[];
  /** Pairs made from feedback. */
  readonly generated: SnapshotPair[];
  /** Given pairs that stand in the snapshot. */
  readonly given: GivenPair[];
  /** Rated answers. */
  readonly sampleCount: number;
  readonly qualityScore: number;
  readonly report: ValidationReport;
}

/** A set, or why there is none, in words for the caller. */
export type AssemblyOutcome = { readonly set: AssembledSet } | { readonly refused: string };
