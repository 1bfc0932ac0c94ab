export type AlertState = 'firing' | 'quiet';
export type AlertChange = 'firing' | 'resolved' | 'unchanged';

/** When a number is bad enough for an alert, and good enough again to end it. */
export interface Threshold {
  /** The side that is bad. */
  readonly direction: 'below' | 'above';
  readonly threshold: number;
  /** How much better than the threshold the number must be for the alert to end, so that one on the edge does not flap. */
  readonly hysteresis: number;
  /** Fewest observations to decide on. */
  readonly minimum_n: number;
}

/** A number as it was seen. Its interval costs more than the number and is asked for only where it decides. */
export interface Seen {
  readonly value: number;
  readonly n: number;
  readonly interval: () => readonly [number, number];
}

/**
 * Whether an alert fires, ends or stays as it is. It fires when the number is surely bad: its whole interval lies beyond
 * the threshold, which a small sample's never does. It ends when the number itself is better than the threshold by the
 * hysteresis. Too few observations, or none, change nothing.
 */
export function decideByThreshold(rule: Threshold, state: AlertState, seen: Seen): AlertChange {
  const { value, n } = seen;
  if (n < rule.minimum_n || Number.isNaN(value)) return 'unchanged';
  const badness = (number: number) =>
    rule.direction === 'above' ? number - rule.threshold : rule.threshold - number;
  if (state === 'firing') return badness(value) <= -rule.hysteresis ? 'resolved' : 'unchanged';
  if (badness(value) <= 0) return 'unchanged';
  const [low, high] = seen.interval();
  return badness(rule.direction === 'above' ? low : high) > 0 ? 'firing' : 'unchanged';
}
