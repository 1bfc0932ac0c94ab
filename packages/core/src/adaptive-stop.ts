export interface AskBudget {
  /** Reward from which a candidate is good enough, 0–1. */
  threshold: number;
  /** Most candidates to ask for. */
  maxCandidates: number;
  /** Milliseconds left; absent when time does not bind. */
  timeLeftMs?: number;
  /** Milliseconds that one more candidate with its score is expected to take; default 0. */
  expectedMs?: number;
}

export type AskDecision =
  | { ask: true }
  | { ask: false; reason: 'good_enough' | 'enough_candidates' | 'out_of_time' };

/**
 * Whether to ask for one more candidate.
 * @param rewards of the candidates so far; null for one that nothing could score
 */
export function askForMore(rewards: readonly (number | null)[], budget: AskBudget): AskDecision {
  if (rewards.some((reward) => reward !== null && reward >= budget.threshold)) {
    return { ask: false, reason: 'good_enough' };
  }
  if (rewards.length >= budget.maxCandidates) return { ask: false, reason: 'enough_candidates' };
  const late = budget.timeLeftMs !== undefined && budget.timeLeftMs <= (budget.expectedMs ?? 0);
  return late ? { ask: false, reason: 'out_of_time' } : { ask: true };
}
