import type { ArmName, UnitSums } from '@attune/core';

/** What an arm's answers show. */
export interface AnswerEvidence {
  readonly arm: ArmName;
  readonly users: number;
  readonly latency: UnitSums;
  readonly error_rate: UnitSums;
}

/** What people said about an arm's answers. */
export interface FeedbackEvidence {
  readonly arm: ArmName;
  readonly satisfaction: UnitSums;
  readonly rating: UnitSums;
  readonly safety_reports: number;
  /** People who reported harm. */
  readonly reporters: number;
}

export interface SegmentEvidence {
  readonly arm: ArmName;
  readonly segment: 'script' | 'question_length';
  readonly part: string;
  readonly satisfaction: UnitSums;
}

/** Whose evidence is asked for. */
export interface EvidenceKey {
  readonly organization: string;
  readonly experimentId: string;
  readonly startedAt: Date;
}

/** Where the evidence is kept: serve knows the answers, collect what people said. */
export interface ExperimentEvidence {
  answers(key: EvidenceKey): Promise<AnswerEvidence[]>;
  feedback(key: EvidenceKey): Promise<FeedbackEvidence[]>;
  segments(key: EvidenceKey): Promise<SegmentEvidence[]>;
}

/** All of it. */
export interface Evidence {
  readonly answers: readonly AnswerEvidence[];
  readonly feedback: readonly FeedbackEvidence[];
  readonly segments: readonly SegmentEvidence[];
}

export async function gather(from: ExperimentEvidence, key: EvidenceKey): Promise<Evidence> {
  return {
    answers: await from.answers(key),
    feedback: await from.feedback(key),
    segments: await from.segments(key),
  };
}
