import type { Count } from '../experiments/share-difference.ts';
import { type Estimate, wilson } from '../interval.ts';
import type { AlertChange, AlertState } from './threshold.ts';

/** Reactions between two false alarms, on average and at least, where nothing has changed. */
export const FALSE_ALARM_EVERY = 100_000;

/** What the alert on a spike of negative reactions is told. */
export interface SpikeRule {
  /** Rise of the share of negatives, 0 to 1, that is to be found soon. */
  readonly threshold: number;
  readonly hysteresis: number;
  /** Fewest reactions before the recent ones, from which the usual share is known. */
  readonly minimum_n: number;
}

export interface SpikeDecision {
  readonly change: AlertChange;
  readonly recent: Estimate;
  readonly usual: Estimate;
  /** Evidence for the spike: the sum's logarithm of likelihood ratios, and the bound at which it is enough. */
  readonly evidence: number;
  readonly bound: number;
}

/**
 * The alert on a spike of negative reactions, by a cumulative sum (Page 1954): every reaction adds the logarithm of how
 * much likelier it is at the raised share than at the usual one, and the sum never falls below 0. It fires at ln of
 * `FALSE_ALARM_EVERY`, because the average run length without a change is at least exp of the bound (Lorden 1971,
 * "Procedures for reacting to a change in distribution", theorem 2), however often one looks. The usual share is the
 * upper end of its 95 % interval, so that a lucky past raises no alarm. It ends when the sum has fallen by half and the
 * share is within the threshold less the hysteresis of the usual one.
 * @param recent whether each was negative, the oldest first
 * @param before the reactions before those
 */
export function decideNegativeSpike(
  rule: SpikeRule,
  state: AlertState,
  recent: readonly boolean[],
  before: Count,
): SpikeDecision {
  const usual = wilson(before.successes, before.n);
  const now = wilson(recent.filter(Boolean).length, recent.length);
  const bound = Math.log(FALSE_ALARM_EVERY);
  const evidence = before.n < rule.minimum_n ? 0 : evidenceOf(recent, usual.ci[1], rule.threshold);
  const figures = { recent: now, usual, evidence, bound };
  if (before.n < rule.minimum_n || recent.length === 0) return { change: 'unchanged', ...figures };
  if (state === 'quiet') return { change: evidence >= bound ? 'firing' : 'unchanged', ...figures };
  const rested = now.value - usual.value <= rule.threshold - rule.hysteresis && evidence <= bound / 2;
  return { change: rested ? 'resolved' : 'unchanged', ...figures };
}

function evidenceOf(recent: readonly boolean[], usual: number, rise: number): number {
  const raised = Math.min(0.999, usual + rise);
  const negative = Math.log(raised / usual);
  const other = Math.log((1 - raised) / (1 - usual));
  let sum = 0;
  for (const isNegative of recent) sum = Math.max(0, sum + (isNegative ? negative : other));
  return sum;
}
