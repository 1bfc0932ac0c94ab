import type { FailedCandidate, WrittenCandidate } from './candidate.ts';

/** One call that asked for a candidate. */
export interface GenerationStage {
  readonly kind: 'generate';
  /** Id of the candidate. */
  readonly candidate: string;
  readonly method: string;
  /** Milliseconds from the question to the call, and of the call. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly finishReason: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Why nothing was written, by code. */
  readonly error: string | null;
}

/** Candidates that were scored together. */
export interface ScoringStage {
  readonly kind: 'score';
  /** Milliseconds from the question to the scoring, and of the scoring. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly candidates: number;
  /** Why there are no scores, by code. */
  readonly error: string | null;
}

/** A part of the work on an answer, for whoever measures it. Candidates that came too late are not among them. */
export type Stage = GenerationStage | ScoringStage;

/** @param startMs milliseconds from the question to the call */
export function generationStage(
  candidate: WrittenCandidate | FailedCandidate,
  startMs: number,
): GenerationStage {
  const written = 'error' in candidate ? null : candidate.generation;
  return {
    kind: 'generate',
    candidate: candidate.id,
    method: candidate.method,
    startMs,
    durationMs: candidate.latencyMs,
    finishReason: written?.finishReason ?? null,
    inputTokens: written?.usage?.prompt_tokens ?? null,
    outputTokens: written?.usage?.completion_tokens ?? null,
    error: 'error' in candidate ? candidate.error.code : null,
  };
}
