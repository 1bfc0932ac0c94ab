import type { CheckOutcome } from '../checks/check.ts';

/** A candidate as selection sees it. */
export interface SelectionCandidate {
  id: string;
  /** Calibrated reward, 0–1; null when nothing scored it. */
  reward_score: number | null;
  /** What the checks found; empty when none ran. */
  checks: readonly CheckOutcome[];
}

/** A candidate that may be chosen, with the number it competes with. */
export interface Contender {
  candidate: SelectionCandidate;
  score: number;
}
