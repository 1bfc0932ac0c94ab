import type { VersionCounters } from '@attune/contracts';
import type { Route } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';
import type { Answers, ImportAnswers } from './answers.ts';
import { type AnswerCounts, versionCounters } from './counters.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { collectRoutes } from './routes.ts';
import { type RatingTotal, ratingTotals, type Version, versionsWithFeedback } from './store/counters.ts';
import { type SafetyReport, safetyReports } from './store/safety-reports.ts';
import {
  type RatingStatistics,
  type ReactionWindows,
  type RecentReactions,
  ratingStatistics,
  recentReactions,
} from './store/statistics.ts';
import { openTrainable, type Trainable } from './trainable.ts';

/** What collecting needs of the platform. */
export type CollectPlatform = Pick<Platform, 'config' | 'clock' | 'database' | 'limiter'>;

/** What collecting needs from other rooms. */
export interface CollectNeeds {
  readonly answers: Answers;
  readonly importAnswers: ImportAnswers;
  readonly answerCounts: AnswerCounts;
  readonly observer: FeedbackObserver;
}

/** The room that turns people's reactions into stored feedback. */
export interface Collect {
  readonly routes: Route[];
  readonly trainable: Trainable;
  /** Reactions to one model version since a time, imports left out. */
  ratingStatistics(organization: string, modelId: string, since: Date): Promise<RatingStatistics>;
  /** Live counters of every model version. */
  counters(organization: string): Promise<VersionCounters[]>;
  /** The last reactions to a model version (null: answers that no model scored), newest first. */
  recentReactions(
    organization: string,
    rewardModel: string | null,
    windows: ReactionWindows,
  ): Promise<RecentReactions>;
  /** Feedback since a time, in every organisation, that says its answer is harmful. */
  safetyReports(since: Date): Promise<SafetyReport[]>;
  /** Every version that has feedback, in every organisation. */
  versions(): Promise<Version[]>;
  /** Star ratings per version over all organisations. */
  ratingTotals(): Promise<RatingTotal[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the room. */
export function openCollect(platform: CollectPlatform, needs: CollectNeeds): Collect {
  const { sql } = platform.database;
  const { clock, limiter } = platform;
  const feedbackPerMinute = platform.config.ATTUNE_FEEDBACK_PER_MINUTE;
  return {
    routes: collectRoutes({ ...needs, sql, clock, limiter, feedbackPerMinute }),
    trainable: openTrainable(sql),
    ratingStatistics: (organization, modelId, since) => ratingStatistics(sql, organization, modelId, since),
    counters: (organization) => versionCounters(sql, needs.answerCounts, organization),
    recentReactions: (organization, rewardModel, windows) =>
      recentReactions(sql, organization, rewardModel, windows),
    safetyReports: (since) => safetyReports(sql, since),
    versions: () => versionsWithFeedback(sql),
    ratingTotals: () => ratingTotals(sql),
    start: async () => undefined,
    stop: async () => undefined,
  };
}
