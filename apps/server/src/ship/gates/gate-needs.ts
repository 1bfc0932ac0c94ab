import type { GateFindings, GateSettings, JudgedSamples, ModelKind, Score } from '@attune/contracts';
import type { LiveModel } from '../live-model.ts';

/** What gates ask of data, of the safety set and of a model's run. */
export interface GateQuestion {
  readonly organization: string;
  readonly model: string;
  readonly kind: ModelKind;
  readonly incumbent: string | null;
  /** Frozen evaluation set; null takes the held-out part of the model's own data set. */
  readonly dataset: string | null;
  readonly fewest: number;
}

/** A question with different answers that competed for it. */
export interface CompetingAnswers {
  readonly responseId: string;
  readonly query: string;
  readonly context: string | null;
  readonly candidates: readonly { readonly text: string }[];
}

/** Two answers for blind judges, the model's own first. */
export interface RivalAnswers {
  readonly step: number;
  readonly query: string;
  /** The turns before it as one text; left out where it was the first question. */
  readonly context?: string;
  readonly current: { readonly text: string; readonly model: string; readonly score: number | null };
  readonly before: { readonly text: string; readonly model: string; readonly score: number | null };
}

/** What gates and final evaluations ask of other rooms. */
export interface GateNeeds {
  /** Learn measures. @throws AttuneError `model_not_deployable`, `dataset_not_ready`, `dataset_damaged` */
  measure(
    question: GateQuestion,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Omit<GateFindings, 'latency' | 'questions_per_second'>>;
  /** Serve scores, by the threads that score live traffic. */
  score(
    model: LiveModel,
    asked: { readonly query: string; readonly context?: string },
    responses: readonly string[],
    lane: 'interactive' | 'bulk',
  ): Promise<readonly Pick<Score, 'reward'>[]>;
  /** Id of a frozen data set by id or name. @throws AttuneError `dataset_not_found`, `dataset_not_ready` */
  datasetId(organization: string, idOrName: string): Promise<NonNullable<GateSettings['evaluation_dataset']>>;
  /** What the data set of one model has that the other's has not; null where one of them is not there. */
  compareDatasets(
    organization: string,
    one: string,
    other: string,
  ): Promise<{ added: number; removed: number; changed: number; same: number } | null>;
  /** Settings of the run that made a model; none where it is not known any more. */
  hyperparameters(organization: string, job: string): Promise<Record<string, unknown>>;
  /** Delivered answers that had different candidates, newest first. */
  competing(organization: string, limit: number): Promise<readonly CompetingAnswers[]>;
  /** Curate has people judge. */
  readonly judging: {
    open(organization: string, name: string): Promise<string>;
    add(organization: string, project: string, source: string, pairs: readonly RivalAnswers[]): Promise<void>;
    standing(organization: string, source: string): Promise<Omit<JudgedSamples, 'project_id'>>;
  };
}
