import type { Feedback, ImportResult, VersionSums } from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import type { Route } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';
import type { Queue } from '../platform/queue/queue.ts';
import type { Answers, ImportAnswers } from './answers.ts';
import { type AnswerCounts, versionCounters } from './counters.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { importConversations } from './import-conversations.ts';
import { importPreferences, type ModelPreference } from './import-preferences.ts';
import { importRatings } from './import-ratings.ts';
import type { SentRow } from './import-rows.ts';
import { myFeedbackOn } from './list-my-feedback.ts';
import { openReviewed, type ReviewedFeedback } from './reviewed-feedback.ts';
import { collectRoutes } from './routes.ts';
import { type LabelOfAnswer, labelsOfAnswers } from './store/answer-labels.ts';
import { type RatingTotal, ratingTotals, type Version, versionsWithFeedback } from './store/counters.ts';
import {
  type ExperimentKey,
  experimentFeedback,
  experimentSegments,
  type FeedbackSums,
  type SegmentSums,
} from './store/experiment-sums.ts';
import { type FeedbackByMember, feedbackByMember } from './store/feedback-by-member.ts';
import { type AnswerLabel, labelsIn } from './store/labels.ts';
import { type RampFeedback, type RampKey, rampFeedback } from './store/ramp-feedback.ts';
import { type ReceivedAnswer, receivedAnswers } from './store/received-answers.ts';
import {
  type ReportFeedback,
  reportFeedback,
  type SaidText,
  type Span,
  saidIn,
  stillThere,
} from './store/report-feedback.ts';
import { type SafetyReport, safetyReports } from './store/safety-reports.ts';
import { type ReactionWindows, type RecentReactions, recentReactions } from './store/statistics.ts';
import { type UserFeedback, userFeedback } from './store/user-feedback.ts';
import { openTrainable, type Trainable } from './trainable.ts';
import { openAiTranscriber } from './voice/transcriber.ts';
import { openTranscription } from './voice/transcription.ts';

/** What collecting needs of the platform. */
export interface CollectPlatform
  extends Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'limiter' | 'blobs'> {
  readonly queue: Pick<Queue, 'define' | 'send'>;
}

/** What collecting needs from other rooms. */
export interface CollectNeeds {
  readonly answers: Answers;
  readonly importAnswers: ImportAnswers;
  readonly answerCounts: AnswerCounts;
  readonly observer: FeedbackObserver;
}

/** Imports of rows as their routes take them. */
interface Imports {
  ratings(organization: string, rows: readonly SentRow[]): Promise<ImportResult>;
  conversations(organization: string, rows: readonly SentRow[]): Promise<ImportResult>;
}

/** The room that turns people's reactions into stored feedback. */
export interface Collect {
  readonly routes: Route[];
  readonly trainable: Trainable;
  readonly reviewed: ReviewedFeedback;
  /** The imports, for rows that somebody else has read. */
  readonly imports: Imports;
  /** Stores a model's preferences of a training job for review; gives how many were new. */
  importPreferences(
    organization: string,
    job: string,
    preferences: readonly ModelPreference[],
  ): Promise<number>;
  /** What people said while a ramp ran, by step and model. */
  rampFeedback(key: RampKey): Promise<RampFeedback[]>;
  /** What people said about the answers of an experiment, by arm. */
  experimentFeedback(key: ExperimentKey): Promise<FeedbackSums[]>;
  /** Their satisfaction by part of the questions. */
  experimentSegments(key: ExperimentKey): Promise<SegmentSums[]>;
  /** Live counters of every model version. */
  counters(organization: string): Promise<VersionSums[]>;
  /** Feedback that signed-in members gave, the busiest first. */
  feedbackByMember(organization: string, since: Date, limit: number): Promise<FeedbackByMember[]>;
  /** The last reactions to a model version (null: answers that no model scored), newest first. */
  recentReactions(
    organization: string,
    rewardModel: string | null,
    windows: ReactionWindows,
  ): Promise<RecentReactions>;
  /** The newest reactions of people to answers of a reward model in a span of time. */
  labelsIn(span: Parameters<typeof labelsIn>[1], most: number): Promise<AnswerLabel[]>;
  /** What each user said since a time, for the self-test of experiments. */
  userFeedback(organization: string, since: Date, most: number): Promise<UserFeedback[]>;
  /** What people said in a span of time, as sums by person. */
  reportFeedback(span: Span): Promise<ReportFeedback>;
  /** The newest comments, or questions with feedback, of a span of time. */
  saidIn(span: Span, what: 'comments' | 'questions', most: number): Promise<SaidText[]>;
  /** Those of some feedback that are still there. */
  stillThere(organization: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What people said of some answers that tells good from bad. */
  labelsOfAnswers(organization: string, responseIds: readonly string[]): Promise<LabelOfAnswer[]>;
  /** How people received some answers of a span of time, drawn at random, and how many there are. */
  receivedAnswers(
    span: Parameters<typeof receivedAnswers>[1],
    most: number,
  ): Promise<{ total: number; drawn: ReceivedAnswer[] }>;
  /** Feedback since a time, in every organisation, that says its answer is harmful. */
  safetyReports(since: Date): Promise<SafetyReport[]>;
  /** Every version that has feedback, in every organisation. */
  versions(): Promise<Version[]>;
  /** Star ratings per version over all organisations. */
  ratingTotals(): Promise<RatingTotal[]>;
  /** All that the caller (for an API key: this user of it) said about some answers. */
  myFeedbackOn(caller: Caller, user: string | undefined, responseIds: readonly string[]): Promise<Feedback[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the room. */
export function openCollect(platform: CollectPlatform, needs: CollectNeeds): Collect {
  const { sql } = platform.database;
  const { config, clock, limiter, blobs } = platform;
  const log = platform.log.child({ room: 'collect' });
  const transcription = openTranscription({
    sql,
    blobs,
    log,
    queue: platform.queue,
    transcriber: transcriberOf(config),
  });
  const limits = {
    feedbackPerMinute: config.ATTUNE_FEEDBACK_PER_MINUTE,
    marksPerMinute: config.ATTUNE_MARKS_PER_MINUTE,
  };
  return {
    routes: collectRoutes({ ...needs, ...limits, sql, clock, limiter, blobs, transcription }),
    trainable: openTrainable(sql),
    reviewed: openReviewed(sql),
    imports: {
      ratings: (organization, rows) => importRatings({ ...needs, sql, clock }, organization, rows),
      conversations: (organization, rows) =>
        importConversations({ ...needs, sql, clock }, organization, rows),
    },
    importPreferences: (organization, job, preferences) =>
      importPreferences({ ...needs, sql, clock }, organization, job, preferences),
    rampFeedback: (key) => rampFeedback(sql, key),
    experimentFeedback: (key) => experimentFeedback(sql, key),
    experimentSegments: (key) => experimentSegments(sql, key),
    counters: (organization) => versionCounters(sql, needs.answerCounts, organization),
    feedbackByMember: (organization, since, limit) => feedbackByMember(sql, organization, since, limit),
    recentReactions: (organization, rewardModel, windows) =>
      recentReactions(sql, organization, rewardModel, windows),
    labelsIn: (span, most) => labelsIn(sql, span, most),
    labelsOfAnswers: (organization, responseIds) => labelsOfAnswers(sql, organization, responseIds),
    userFeedback: (organization, since, most) => userFeedback(sql, organization, since, most),
    reportFeedback: (span) => reportFeedback(sql, span),
    saidIn: (span, what, most) => saidIn(sql, span, what, most),
    stillThere: (organization, ids) => stillThere(sql, organization, ids),
    receivedAnswers: (span, most) => receivedAnswers(sql, span, most),
    safetyReports: (since) => safetyReports(sql, since),
    versions: () => versionsWithFeedback(sql),
    ratingTotals: () => ratingTotals(sql),
    myFeedbackOn: (caller, user, responseIds) => myFeedbackOn(sql, caller, user, responseIds),
    start: () => transcription.start(),
    stop: async () => undefined,
  };
}

function transcriberOf(config: CollectPlatform['config']) {
  const url = config.ATTUNE_TRANSCRIPTION_URL;
  if (url === undefined) return null;
  const { ATTUNE_TRANSCRIPTION_KEY: key, ATTUNE_TRANSCRIPTION_MODEL: model } = config;
  return openAiTranscriber({ url, key, model });
}
