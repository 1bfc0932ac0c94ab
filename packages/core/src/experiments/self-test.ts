import { FEWEST_UNITS, SAMPLE_RATIO_ALPHA } from './recommendation.ts';

/** Chance that a faultless self-test is told as one that differs, over all its looks and metrics. */
const FALSE_ALARM = 0.01;

/** What one look at a standing A/A test saw. */
export interface SelfTestEvidence {
  /** p-values of the metrics, valid at any time; null where nothing is compared. */
  readonly pValues: readonly (number | null)[];
  readonly sampleRatioPValue: number;
  /** Users of the smaller arm. */
  readonly units: number;
}

export type SelfTestOutcome = 'not_enough_data' | 'passes' | 'differs' | 'sample_ratio_mismatch';

/** The least p-value of several metrics, times their number (Bonferroni); null where none is compared. */
export function leastOf(pValues: readonly (number | null)[]): number | null {
  const known = pValues.filter((p) => p !== null);
  return known.length === 0 ? null : Math.min(1, known.length * Math.min(...known));
}

/** What an A/A test comes to: with two arms that get the same, whatever differs is a fault of the machinery. */
export function judgeSelfTest({ pValues, sampleRatioPValue, units }: SelfTestEvidence): SelfTestOutcome {
  if (sampleRatioPValue < SAMPLE_RATIO_ALPHA) return 'sample_ratio_mismatch';
  if (units < FEWEST_UNITS) return 'not_enough_data';
  const least = leastOf(pValues);
  if (least === null) return 'not_enough_data';
  return least < FALSE_ALARM ? 'differs' : 'passes';
}
