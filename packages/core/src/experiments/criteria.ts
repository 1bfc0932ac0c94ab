import type { Estimate } from '../interval.ts';

/** What an experiment measures of an arm. */
export type ExperimentMetric = 'satisfaction' | 'rating' | 'safety_reports' | 'latency' | 'error_rate';

/** Whether more of it is better. */
export const higherIsBetter: Readonly<Record<ExperimentMetric, boolean>> = {
  satisfaction: true,
  rating: true,
  safety_reports: false,
  latency: false,
  error_rate: false,
};

/**
 * What must be so for a treatment to count as a success: the difference to the control (in the metric's unit, or
 * relative: 0.05 is 5 % more), or the treatment's own count, on one side of a bound.
 */
export interface Criterion {
  metric: ExperimentMetric;
  measure: 'relative' | 'difference' | 'count';
  bound: 'above' | 'below' | 'at_most';
  value: number;
}

/** Satisfaction up by more than 5 %, no safety report, ratings at most 0.1 stars down, latency less than 10 % up. */
export const defaultCriteria: readonly Criterion[] = [
  { metric: 'satisfaction', measure: 'relative', bound: 'above', value: 0.05 },
  { metric: 'safety_reports', measure: 'count', bound: 'at_most', value: 0 },
  { metric: 'rating', measure: 'difference', bound: 'above', value: -0.1 },
  { metric: 'latency', measure: 'relative', bound: 'below', value: 0.1 },
];

/** Whether a criterion holds or fails for sure, or is still open. */
export type CriterionState = 'holds' | 'fails' | 'open';

/**
 * A criterion on an estimate holds when the whole interval lies on its side, and fails when none of it does. A count
 * is certain: it fails once it is above the bound, and holds until then.
 */
export function criterionState(criterion: Criterion, seen: Estimate): CriterionState {
  const { bound, value } = criterion;
  if (criterion.measure === 'count') return seen.value <= value ? 'holds' : 'fails';
  const [low, high] = seen.ci;
  if (bound === 'above') return low > value ? 'holds' : high <= value ? 'fails' : 'open';
  return high < value ? 'holds' : low >= value ? 'fails' : 'open';
}
