import type { Score } from '@attune/contracts';
import type { Asked } from '@attune/core';
import type { Route } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';
import type { Repetition } from '../platform/repeat.ts';
import { openUpstream } from './adapters/openai-upstream.ts';
import { createRecordedGenerator } from './adapters/recorded.ts';
import { createRetrievalGenerator } from './adapters/retrieval.ts';
import { Admission } from './admission.ts';
import type { AnswerObserver } from './answer-observer.ts';
import type { Answering, MintFeedbackToken } from './answering.ts';
import { type Answers, answersIn } from './answers.ts';
import { Background } from './background.ts';
import { compareShareIn } from './compare-share.ts';
import { openConversationLog } from './conversation-log.ts';
import { startBackfill } from './conversations/backfill-words.ts';
import type { OwnFeedback } from './conversations/history.ts';
import { conversationRoutes } from './conversations/routes.ts';
import { Documents } from './documents/documents.ts';
import { type AnswerSums, experimentAnswers } from './experiment-sums.ts';
import { createGenerators } from './generators.ts';
import { type ImportAnswer, type ImportedAnswer, importAnswers } from './import-answers.ts';
import { inTime } from './in-time.ts';
import type { LiveModel, LiveModels, LivePolicy } from './live-models.ts';
import { type ChosenAnswer, chosenAnswers } from './logged-choices.ts';
import { watchOpenAnswers } from './open-answers.ts';
import { Policies } from './policies.ts';
import { type RampAnswers, type RampKey, rampAnswers } from './ramp-answers.ts';
import { recordingsIn } from './recorded-answers.ts';
import { replicaName } from './replica.ts';
import { type ReportAnswers, reportAnswers, type Span } from './report-answers.ts';
import { serveRoutes } from './routes.ts';
import type { ScoringWish } from './scorer.ts';
import { ScoringPool } from './scoring/pool.ts';
import { type ScoreOrigins, ScoringService } from './scoring/service.ts';
import { scoresIn } from './scoring/shared-scores.ts';
import {
  type AnswerSample,
  answersById,
  countSample,
  type SampledAnswer,
  sampledAnswers,
} from './shadow-sample.ts';
import { type AnswerCount, answerCounts } from './store.ts';
import { openTexts, type Texts } from './texts.ts';
import { type UserAnswers, userAnswers } from './user-answers.ts';
import {
  type ModelSpan,
  type RecentAnswers,
  recentAnswers,
  rewardsIn,
  rewardsOf,
} from './watched-answers.ts';

/** How long whoever measures a model waits for one scoring; nobody waits for an answer meanwhile. */
const PATIENCE_MS = 30_000;

/** What serving needs from others. */
export interface ServeNeeds {
  readonly liveModels: LiveModels;
  readonly observer: AnswerObserver;
  readonly mintFeedbackToken: MintFeedbackToken;
  readonly ownFeedback: OwnFeedback;
  /** Folder of the embedder weights. */
  readonly modelsFolder: string;
}

/** The room that turns questions into answers. */
export interface Serve {
  readonly routes: Route[];
  readonly answers: Answers;
  readonly texts: Texts;
  importAnswers(answers: readonly ImportAnswer[]): Promise<ImportedAnswer[]>;
  /** Delivered answers per reward model. */
  answerCounts(organization: string): Promise<AnswerCount[]>;
  /** How the newest questions since a time fared. */
  recentAnswers(organization: string, since: Date): Promise<RecentAnswers>;
  /** Rewards of the newest answers that a model chose in a span of time. */
  rewardsIn(span: ModelSpan, most: number): Promise<number[]>;
  /** The rewards of some answers, by response id. */
  rewardsOf(organization: string, responseIds: readonly string[]): Promise<Map<string, number>>;
  /** What each user got since a time, for the self-test of experiments. */
  userAnswers(organization: string, since: Date, most: number): Promise<UserAnswers[]>;
  /** What the answers of a span of time show, as sums by user. */
  reportAnswers(span: Span): Promise<ReportAnswers>;
  /** What the answers of a ramp show, by step and model. */
  rampAnswers(key: RampKey): Promise<RampAnswers[]>;
  /** What the answers of an experiment show, by arm. */
  experimentAnswers(organization: string, experimentId: string): Promise<AnswerSums[]>;
  /** Has a policy say something. @throws AttuneError when it does not */
  tryPolicy(policy: LivePolicy): Promise<void>;
  /** Delivered answers for models that score them unseen. */
  readonly shadowed: {
    /** How many belong to a sample. */
    count(sample: AnswerSample): Promise<number>;
    /** Those of a sample, the oldest first, but for some. */
    drawn(
      sample: AnswerSample,
      wish: { readonly except: readonly string[]; readonly most: number },
    ): Promise<SampledAnswer[]>;
    byId(organization: string, responseIds: readonly string[]): Promise<SampledAnswer[]>;
  };
  /** Some answers as they were chosen among candidates. */
  chosenAnswers(organization: string, responseIds: readonly string[]): Promise<ChosenAnswer[]>;
  /** Has a reward model ready in every scoring thread. @throws AttuneError `scoring_unavailable` */
  loadModel(model: LiveModel): Promise<void>;
  /** One score per response, by the threads that score live traffic. @throws AttuneError as `Scorer.score` */
  scoreAnswers(
    model: LiveModel,
    asked: Asked,
    responses: readonly string[],
    lane: ScoringWish['lane'],
  ): Promise<Score[]>;
  /** How busy the scoring threads of this process are, and where their scores came from. */
  scoringLoad(): { readonly waiting: number; readonly origins: ScoreOrigins };
  start(): Promise<void>;
  /** Waits for answers under way and their log rows. */
  stop(): Promise<void>;
}

type ServePlatform = Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'blobs' | 'cache'>;

export function openServe(platform: ServePlatform, needs: ServeNeeds): Serve {
  const { config, log, clock, database, blobs, cache } = platform;
  const db = database.sql;
  const pool = new ScoringPool({
    workers: config.ATTUNE_SCORING_WORKERS,
    modelsFolder: needs.modelsFolder,
    log,
  });
  const shared = config.REDIS_URL === undefined ? null : scoresIn(cache);
  const scoring = new ScoringService(pool, blobs, shared);
  const documents = new Documents(database, scoring);
  const generators = createGenerators({
    upstream: upstreamOf(platform),
    recorded: createRecordedGenerator(recordingsIn(db)),
    documents: createRetrievalGenerator(
      (organization, question, limit) => documents.find(organization, question, limit),
      (organization, ids) => documents.sources(organization, ids),
    ),
  });
  const conversations = openConversationLog(database.pool);
  const background = new Background(log);
  const replica = replicaName();
  const openAnswers = watchOpenAnswers(database, clock, log, replica);
  let backfill: Repetition | null = null;
  const { liveModels, observer, mintFeedbackToken } = needs;
  const policies = new Policies(config.ATTUNE_UPSTREAM_TIMEOUT_MS);
  const answering: Answering = {
    generators,
    policies,
    liveModels,
    scorer: scoring,
    mintFeedbackToken,
    compareShare: compareShareIn(db, config.ATTUNE_COMPARE_SHARE),
    conversations,
    observer,
    background,
    replica,
  };
  const ranking = { liveModels, scorer: scoring, embedder: scoring };
  const admission = new Admission(config.ATTUNE_MAX_CONCURRENT_ANSWERS);
  return {
    routes: [
      ...serveRoutes({ db, config, clock, admission, answering, ranking, documents }),
      ...conversationRoutes({ db, mintFeedbackToken, ownFeedback: needs.ownFeedback }),
    ],
    answers: answersIn(db),
    texts: openTexts(scoring, liveModels),
    importAnswers: (answers) => importAnswers(db, answers, clock.now()),
    answerCounts: (organization) => answerCounts(db, organization),
    recentAnswers: (organization, since) => recentAnswers(db, organization, since),
    rewardsIn: (span, most) => rewardsIn(db, span, most),
    rewardsOf: (organization, ids) => rewardsOf(db, organization, ids),
    userAnswers: (organization, since, most) => userAnswers(db, organization, since, most),
    reportAnswers: (span) => reportAnswers(db, span),
    rampAnswers: (key) => rampAnswers(db, key),
    tryPolicy: (policy) => policies.tryOut(policy),
    shadowed: {
      count: (sample) => countSample(db, sample),
      drawn: (sample, wish) => sampledAnswers(db, sample, wish),
      byId: (organization, responseIds) => answersById(db, organization, responseIds),
    },
    experimentAnswers: (organization, id) => experimentAnswers(db, organization, id),
    chosenAnswers: (organization, responseIds) => chosenAnswers(db, organization, responseIds),
    loadModel: (model) => scoring.load(model),
    scoreAnswers: (model, asked, responses, lane) =>
      inTime(scoring.score(model, asked, responses, { lane, timeoutMs: PATIENCE_MS })),
    scoringLoad: () => ({ waiting: pool.waiting, origins: scoring.origins }),
    async start() {
      await openAnswers.start();
      pool.start();
      backfill = startBackfill(db, log);
      background.run('Loading the embedder', scoring.warm());
    },
    async stop() {
      await generators.close();
      policies.close();
      await pool.close();
      await backfill?.stop();
      await background.settle();
      await conversations.drain();
      await openAnswers.stop();
    },
  };
}

function upstreamOf({ config }: ServePlatform) {
  if (config.ATTUNE_UPSTREAM_URL === undefined) return null;
  return openUpstream({
    url: config.ATTUNE_UPSTREAM_URL,
    apiKey: config.ATTUNE_UPSTREAM_API_KEY,
    models: config.ATTUNE_UPSTREAM_MODELS,
    timeoutMs: config.ATTUNE_UPSTREAM_TIMEOUT_MS,
    retries: config.ATTUNE_UPSTREAM_RETRIES,
  });
}
