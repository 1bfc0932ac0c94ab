import { AttuneError, type AttuneOptions, type Score } from '@attune/contracts';
import { type Asked, weightedMean } from '@attune/core';
import type { WrittenCandidate } from './candidate.ts';
import { since } from './conversation-row.ts';
import type { LiveModel } from './live-models.ts';
import { type Scorer, ScoringTimeout } from './scorer.ts';

/** A candidate with what the reward model says of it. */
export interface ScoredCandidate extends WrittenCandidate {
  /** Calibrated reward by the request's dimension weights, 0–1; null when nothing scored it. */
  readonly reward: number | null;
  readonly dimensions: Score['dimensions'];
}

export interface Scored {
  readonly candidates: readonly ScoredCandidate[];
  /** Why there are no scores although a model is live; null when all is well. */
  readonly degraded: 'scoring_unavailable' | 'scoring_timeout' | null;
  /** Milliseconds it took; null when there was nothing to do. */
  readonly scoringMs: number | null;
}

export interface ScoringTask {
  readonly asked: Asked;
  readonly model: LiveModel | null;
  readonly dimensionWeights: AttuneOptions['dimension_weights'];
  readonly timeoutMs: number;
}

/** Scores candidates. Never fails for want of scores: an answer without one is better than none, and says so. */
export async function score(
  candidates: readonly WrittenCandidate[],
  task: ScoringTask,
  scorer: Scorer,
): Promise<Scored> {
  if (task.model === null || candidates.length === 0) {
    return { candidates: candidates.map(unscored), degraded: null, scoringMs: null };
  }
  const start = performance.now();
  const texts = candidates.map(({ generation }) => generation.text);
  const wish = { lane: 'interactive', timeoutMs: task.timeoutMs } as const;
  try {
    const scores = await scorer.score(task.model, task.asked, texts, wish);
    const scored = candidates.map((candidate, index) => withScore(candidate, scores[index], task));
    return { candidates: scored, degraded: null, scoringMs: since(start) };
  } catch (error) {
    const degraded = degradation(error);
    return { candidates: candidates.map(unscored), degraded, scoringMs: since(start) };
  }
}

function unscored(candidate: WrittenCandidate): ScoredCandidate {
  return { ...candidate, reward: null, dimensions: undefined };
}

function withScore(
  candidate: WrittenCandidate,
  given: Score | undefined,
  task: ScoringTask,
): ScoredCandidate {
  if (given === undefined) return unscored(candidate);
  const weighted =
    task.dimensionWeights === undefined ? null : weightedMean(given.dimensions ?? {}, task.dimensionWeights);
  return { ...candidate, reward: weighted ?? given.reward, dimensions: given.dimensions };
}

function degradation(error: unknown): 'scoring_unavailable' | 'scoring_timeout' {
  if (error instanceof ScoringTimeout) return 'scoring_timeout';
  if (error instanceof AttuneError && ['scoring_unavailable', 'overloaded'].includes(error.code)) {
    return 'scoring_unavailable';
  }
  throw error;
}
