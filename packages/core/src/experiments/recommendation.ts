import type { Estimate } from '../interval.ts';
import { type CriterionState, type ExperimentMetric, higherIsBetter } from './criteria.ts';

/** Chance at which too uneven arms are taken for a fault. */
export const SAMPLE_RATIO_ALPHA = 0.001;
/** Independent units an arm needs before its intervals are believed. */
export const FEWEST_UNITS = 50;

export type Verdict = 'deploy' | 'keep' | 'go_on' | 'stop' | 'not_enough_data' | 'blocked';

export type Reason =
  | 'all_criteria_hold'
  | 'a_criterion_fails'
  | 'criteria_open'
  | 'metric_worse'
  | 'too_few_users'
  | 'too_little_feedback'
  | 'sample_ratio_mismatch';

/** What to do with an experiment, and why. */
export interface Recommendation {
  verdict: Verdict;
  reason: Reason;
  /** The metric or criterion's metric that decided; null where none did alone. */
  metric: ExperimentMetric | null;
  /** Days still needed to find the effect that the criteria ask for; null when unknown or beside the point. */
  days_left: number | null;
}

export interface Evidence {
  /** Units of the smaller arm, by any metric that has units. */
  units: number;
  /** Units of the smaller arm with feedback. */
  units_with_feedback: number;
  /** Valid at any time. */
  sample_ratio_p_value: number;
  /** How many times as many people report harm with the treatment as with the control, by `rateRatioSequence`. */
  harm: Estimate;
  /** Differences, treatment less control. */
  differences: readonly { metric: ExperimentMetric; difference: Estimate }[];
  criteria: readonly { metric: ExperimentMetric; state: CriterionState }[];
  days_left: number | null;
}

/**
 * Arms that do not fill as planned block every decision; a treatment that is surely worse in anything is stopped; with
 * too few users nothing is said; then the criteria decide: all hold, one surely fails, or the experiment goes on. A
 * report of harm breaks the criterion that there be none, so that the treatment cannot win any more; it stops the
 * experiment where people surely report more than with the control, at any number of them, as that test is exact.
 */
export function recommend(evidence: Evidence): Recommendation {
  const say = (verdict: Verdict, reason: Reason, metric: ExperimentMetric | null = null): Recommendation => ({
    verdict,
    reason,
    metric,
    days_left: verdict === 'go_on' || verdict === 'not_enough_data' ? evidence.days_left : null,
  });
  if (evidence.sample_ratio_p_value < SAMPLE_RATIO_ALPHA) return say('blocked', 'sample_ratio_mismatch');
  if (evidence.harm.ci[0] > 1) return say('stop', 'metric_worse', 'safety_reports');
  if (evidence.units < FEWEST_UNITS) return say('not_enough_data', 'too_few_users');
  const worse = evidence.differences.find(({ metric, difference }) => isWorse(metric, difference));
  if (worse !== undefined) return say('stop', 'metric_worse', worse.metric);
  if (evidence.units_with_feedback < FEWEST_UNITS) return say('not_enough_data', 'too_little_feedback');
  const failed = evidence.criteria.find(({ state }) => state === 'fails');
  if (failed !== undefined) return say('keep', 'a_criterion_fails', failed.metric);
  if (evidence.criteria.every(({ state }) => state === 'holds')) return say('deploy', 'all_criteria_hold');
  return say('go_on', 'criteria_open');
}

/** Latency may rise within what its criterion allows: being slower alone is no harm. */
function isWorse(metric: ExperimentMetric, { ci }: Estimate): boolean {
  if (metric === 'latency') return false;
  return higherIsBetter[metric] ? ci[1] < 0 : ci[0] > 0;
}
