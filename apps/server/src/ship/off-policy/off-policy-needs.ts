import type { Score } from '@attune/contracts';
import type { LiveModel } from '../live-model.ts';

/** How people received an answer. */
export interface ReceivedAnswer {
  readonly responseId: string;
  /** Mean stars, and the share of reactions that were positive; null where nobody said so. */
  readonly rating: number | null;
  readonly positive: number | null;
}

/** A delivered answer with the candidates that competed for it, and how likely each was to be delivered. */
export interface ChosenAnswer {
  readonly responseId: string;
  readonly unit: string;
  readonly asked: { readonly query: string; readonly context?: string | undefined };
  readonly delivered: string;
  readonly candidates: readonly {
    readonly id: string;
    readonly text: string;
    readonly propensity: number;
    readonly failedChecks: readonly string[];
  }[];
}

/** What off-policy evaluation asks of other rooms. */
export interface OffPolicyNeeds {
  /** Collect keeps what people said: some answers of a span drawn at random, and how many there are. */
  received(
    span: { readonly organization: string; readonly from: Date; readonly to: Date },
    most: number,
  ): Promise<{ readonly total: number; readonly drawn: readonly ReceivedAnswer[] }>;
  /** Serve keeps how answers were chosen. */
  chosen(organization: string, responseIds: readonly string[]): Promise<readonly ChosenAnswer[]>;
  /** Learn knows what models were trained on. @throws AttuneError `model_not_deployable` when nobody does */
  trainedOn(organization: string, modelId: string): Promise<(query: string) => boolean>;
  /** Serve scores, behind live traffic. */
  score(
    model: LiveModel,
    asked: { readonly query: string; readonly context?: string },
    responses: readonly string[],
    lane: 'bulk',
  ): Promise<readonly Pick<Score, 'reward' | 'dimensions'>[]>;
}
