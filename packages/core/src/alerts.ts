import { type Count, shareDifference } from './experiments/share-difference.ts';
import type { Estimate } from './interval.ts';

export type AlertState = 'firing' | 'quiet';
export type AlertChange = 'firing' | 'resolved' | 'unchanged';

/**
 * An alert on a number crossing a threshold. It resolves only once the number is better than the threshold by
 * `hysteresis`, so that a number on the edge does not flap.
 */
export interface AlertRule {
  kind: string;
  metric: string;
  /** The side on which it fires. */
  direction: 'below' | 'above';
  threshold: number;
  hysteresis: number;
  /** Fewest observations to decide on. */
  minimum_n: number;
  /** Length of the window that the metric is taken over. */
  window_seconds: number;
}

export interface AlertDecision {
  change: AlertChange;
  value: number;
  threshold: number;
  n: number;
}

/** Ratings below 3.5 on average over a day, from 20 ratings. */
export const averageRatingRule: AlertRule = {
  kind: 'average_rating',
  metric: 'average_rating',
  direction: 'below',
  threshold: 3.5,
  hysteresis: 0.1,
  minimum_n: 20,
  window_seconds: 86_400,
};

/** Ten points more negative feedback in an hour than before, beyond chance, from 20 feedbacks. */
export const negativeSpikeRule: AlertRule = {
  kind: 'negative_spike',
  metric: 'negative_share_increase',
  direction: 'above',
  threshold: 0.1,
  hysteresis: 0.05,
  minimum_n: 20,
  window_seconds: 3600,
};

/** Whether the alert fires, resolves or stays as it is. Too few observations, or none, change nothing. */
export function decideAlert(
  rule: AlertRule,
  state: AlertState,
  seen: { value: number; n: number },
): AlertDecision {
  const { value, n } = seen;
  const decision = (change: AlertChange) => ({ change, value, threshold: rule.threshold, n });
  if (n < rule.minimum_n || Number.isNaN(value)) return decision('unchanged');
  const badness = rule.direction === 'above' ? value - rule.threshold : rule.threshold - value;
  if (state === 'quiet') return decision(badness > 0 ? 'firing' : 'unchanged');
  return decision(badness <= -rule.hysteresis ? 'resolved' : 'unchanged');
}

/** Whether a reaction counts as negative: a thumb down, or a rating of 2 or less. */
export function isNegative(reaction: { feedback_type: string; rating_overall: number | null }): boolean {
  if (reaction.rating_overall !== null) return reaction.rating_overall <= 2;
  return reaction.feedback_type === 'thumbs_down';
}

/**
 * The alert on a spike of negative feedback: fires when the share of negatives in the window exceeds that of the
 * baseline by more than the threshold and the 95 % interval of the difference excludes 0; resolves when the difference
 * has come down to the threshold less the hysteresis.
 * @param window negatives among all feedback of the window; minimum_n applies to it and to the baseline
 */
export function decideNegativeSpike(
  rule: AlertRule,
  state: AlertState,
  window: Count,
  baseline: Count,
): AlertDecision & { difference: Estimate } {
  const difference = shareDifference(window, baseline);
  const n = Math.min(window.n, baseline.n);
  const decision = decideAlert(rule, state, { value: difference.value, n });
  const byChance = decision.change === 'firing' && difference.ci[0] <= 0;
  return { ...decision, change: byChance ? 'unchanged' : decision.change, n: window.n, difference };
}

/** The alert on a safety report: one open report is enough, and it rests when somebody has looked at all of them. */
export function decideSafetyReport(state: AlertState, openReports: number): AlertChange {
  if (state === 'quiet') return openReports > 0 ? 'firing' : 'unchanged';
  return openReports === 0 ? 'resolved' : 'unchanged';
}
