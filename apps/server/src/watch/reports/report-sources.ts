import type {
  ExperimentStatus,
  JobRecipe,
  JobStatus,
  JudgingEstimate,
  MetricResult,
  ModelKind,
  RampState,
} from '@attune/contracts';
import type { UnitSums } from '@attune/core';
import type { ModelSpan } from '../alerts/looks/alert-sources.ts';

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  readonly to: Date;
}

/** What the answers of a span show, with users as units. */
export interface AnswerFigures {
  readonly answers: number;
  readonly tokens: number;
  readonly users: number;
  readonly newUsers: number;
  readonly latency: UnitSums;
  readonly errorRate: UnitSums;
  readonly tokensEach: UnitSums;
  readonly retries: UnitSums;
}

/** What people said in a span, with people as units. */
export interface FeedbackFigures {
  readonly feedback: number;
  readonly comments: number;
  readonly satisfaction: UnitSums;
  readonly rating: UnitSums;
  readonly thumbs: UnitSums;
  readonly harm: UnitSums;
}

/** Something that a person said about an answer; null where they were neither for nor against it. */
export interface SaidText {
  readonly id: string;
  readonly query: string;
  readonly comment: string;
  readonly positive: boolean | null;
}

/** What happened to models. */
export interface ModelFacts {
  readonly registered: readonly { readonly modelId: string; readonly kind: ModelKind; readonly at: Date }[];
  readonly ramps: readonly {
    readonly modelId: string;
    readonly state: RampState;
    readonly reason: string | null;
    readonly beganAt: Date;
    readonly endedAt: Date | null;
  }[];
  readonly experiments: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: ExperimentStatus;
    readonly winner: 'control' | 'treatment' | 'inconclusive' | null;
    readonly reason: string | null;
    readonly verdict: string | null;
    readonly satisfaction: MetricResult['difference'] | null;
  }[];
  readonly unmeasured: readonly string[];
  readonly rampedUp: string | null;
}

/** Training runs that ended, and what all of them cost. */
export interface TrainingFacts {
  readonly runs: readonly {
    readonly id: string;
    readonly modelName: string;
    readonly recipe: JobRecipe;
    readonly status: JobStatus;
    readonly modelId: string | null;
    readonly cost: number | null;
  }[];
  readonly cost: number;
}

/** What reports read of the other rooms. */
export interface ReportSources {
  answers(span: Span): Promise<AnswerFigures>;
  feedback(span: Span): Promise<FeedbackFigures>;
  /** The newest of a span. */
  said(span: Span, what: 'comments' | 'questions', most: number): Promise<readonly SaidText[]>;
  /** Feedback of which something is shown, and that is still there. */
  stillThere(organization: string, feedbackIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** One vector a text, in order. @throws AttuneError `scoring_unavailable`, `overloaded` */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  rewardsIn(span: ModelSpan, most: number): Promise<readonly number[]>;
  inTraffic(organization: string): readonly string[];
  models(span: Span): Promise<ModelFacts>;
  agreement(span: Span): Promise<
    readonly {
      readonly projectId: string;
      readonly project: string;
      readonly question: string;
      readonly alpha: JudgingEstimate;
    }[]
  >;
  training(span: Span): Promise<TrainingFacts>;
  /** Rules of retraining, and whether they could run now. */
  rules(
    organization: string,
  ): Promise<readonly { readonly id: string; readonly name: string; readonly free: boolean }[]>;
  /** Ratings that were approved and are in no data set yet, counted up to `most`. */
  newRatings(organization: string, most: number): Promise<number>;
  /** Logged answers of a span with two candidates to compare, counted up to `most`. */
  openPairs(span: Span, most: number): Promise<number>;
  /** A judging project that takes such pairs. */
  openComparison(organization: string): Promise<{ readonly id: string; readonly name: string } | null>;
}
