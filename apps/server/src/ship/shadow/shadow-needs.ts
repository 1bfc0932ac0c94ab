import type { GateNeeds } from '../gates/gate-needs.ts';

/** Which delivered answers belong to a sample. */
export interface AnswerSample {
  readonly organization: string;
  /** Another salt, another sample of the same size. */
  readonly salt: string;
  /** 0–1. */
  readonly share: number;
  /** When they were asked for; null for until now. */
  readonly from: Date;
  readonly to: Date | null;
  /** Answers that this reward model chose are left out. */
  readonly notBy: string;
}

/** A delivered answer with the candidates that competed for it. */
export interface SampledAnswer {
  readonly responseId: string;
  readonly asked: { readonly query: string; readonly context?: string | undefined };
  /** Id of the candidate that was delivered; null where it cannot be told. */
  readonly delivered: string | null;
  /** Reward model that chose it; null where none did. */
  readonly rewardModel: string | null;
  readonly candidates: readonly {
    readonly id: string;
    readonly text: string;
    /** 0–1; null where nothing scored it. */
    readonly reward: number | null;
  }[];
}

/** What one person said of an answer: good or bad, or which of two candidates is better. */
export interface LabelOfAnswer {
  readonly responseId: string;
  readonly positive: boolean | null;
  readonly chosen: string | null;
  readonly rejected: string | null;
}

/** What shadows ask of other rooms. */
export interface ShadowNeeds extends Pick<GateNeeds, 'score' | 'judging'> {
  /** Serve keeps the answers. */
  readonly answers: {
    count(sample: AnswerSample): Promise<number>;
    /** The oldest first, but for some. */
    drawn(
      sample: AnswerSample,
      wish: { readonly except: readonly string[]; readonly most: number },
    ): Promise<readonly SampledAnswer[]>;
    byId(organization: string, responseIds: readonly string[]): Promise<readonly SampledAnswer[]>;
  };
  /** Collect keeps what people said. */
  labels(organization: string, responseIds: readonly string[]): Promise<readonly LabelOfAnswer[]>;
}
