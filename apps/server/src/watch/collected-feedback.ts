import type { JudgingCounts, QueueCounts, VersionSums } from '@attune/contracts';

/** A model version of an organisation; null for answers that no model scored. */
export interface Version {
  readonly organization: string;
  readonly rewardModel: string | null;
}

/** The last reactions to one model version, newest first. */
export interface RecentReactions {
  /** Stars. */
  readonly ratings: readonly number[];
  /** Of stars or thumbs alike: whether each was negative. */
  readonly negative: readonly boolean[];
}

/** A feedback that says its answer is harmful. */
export interface SafetyReport extends Version {
  readonly feedbackId: string;
}

/** What watching reads of the collected feedback. */
export interface CollectedFeedback {
  counters(organization: string): Promise<VersionSums[]>;
  /** The reward models that take traffic now; read from memory. */
  inTraffic(organization: string): readonly string[];
  recentReactions(
    organization: string,
    rewardModel: string | null,
    windows: { readonly ratings: number; readonly reactions: number },
  ): Promise<RecentReactions>;
  /** Reports since a time, in every organisation. */
  safetyReports(since: Date): Promise<SafetyReport[]>;
  /** Every version that has feedback. */
  versions(): Promise<Version[]>;
  /** Star ratings per version over all organisations. */
  ratingTotals(): Promise<{ rewardModel: string | null; ratings: number; ratingSum: number }[]>;
  /** How the review queue stands. */
  queue(organization: string): Promise<QueueCounts>;
  /** How blind judging stands. */
  judging(organization: string): Promise<JudgingCounts>;
}
