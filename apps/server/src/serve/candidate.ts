import type { AttuneError, Candidate } from '@attune/contracts';
import type { Generation } from './generator.ts';

/** A candidate that was written. */
export interface WrittenCandidate {
  readonly id: string;
  readonly method: string;
  readonly generation: Generation;
  readonly latencyMs: number;
  /** Ids of near-duplicates that it stands for. */
  readonly merged: readonly string[];
}

/** A candidate that could not be written. */
export interface FailedCandidate {
  readonly id: string;
  readonly method: string;
  readonly error: AttuneError;
  readonly latencyMs: number;
}

/** A written candidate as it is logged before anything scored or chose it. */
export function loggedWritten(candidate: WrittenCandidate): Candidate {
  const { generation } = candidate;
  return {
    id: candidate.id,
    text: generation.text,
    generation_method: candidate.method,
    reward_score: null,
    failed_checks: [],
    propensity: null,
    latency_ms: candidate.latencyMs,
    tokens: generation.usage?.completion_tokens ?? null,
    finish_reason: generation.finishReason,
    merged: [...candidate.merged],
    ...(generation.steps !== undefined && generation.steps.length > 0 && { steps: [...generation.steps] }),
    ...(generation.sources !== undefined && { sources: [...generation.sources] }),
  };
}

/** A failed candidate as it is logged. */
export function loggedFailure({ id, method, error, latencyMs }: FailedCandidate): Candidate {
  return {
    id,
    text: '',
    generation_method: method,
    reward_score: null,
    failed_checks: [],
    propensity: 0,
    latency_ms: latencyMs,
    tokens: null,
    finish_reason: null,
    merged: [],
    error: error.details.upstream === undefined ? error.code : `${error.code}: ${error.details.upstream}`,
  };
}
