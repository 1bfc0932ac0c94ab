import type { Criterion, ExperimentLook, ExperimentResults } from '@attune/contracts';
import type { PlottedMetric } from '../experiment-search.ts';

/** The interval of one metric over time; null where it was unbounded. */
export interface Intervals {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly lows: readonly (number | null)[];
  readonly highs: readonly (number | null)[];
}

/** The looks at one metric that had an interval, in their order. */
export function intervalsOf(looks: readonly ExperimentLook[], metric: PlottedMetric): Intervals {
  const seen = looks.filter(
    (look) => look.metric === metric && look.difference.value !== null && look.difference.ci[0] !== null,
  );
  return {
    times: seen.map(({ at }) => new Date(at).getTime() / 1000),
    values: seen.map(({ difference }) => difference.value),
    lows: seen.map(({ difference }) => difference.ci[0]),
    highs: seen.map(({ difference }) => difference.ci[1]),
  };
}

/** The looks that were kept, and the newest one, which is kept only now and then. */
export function withNewest(
  looks: readonly ExperimentLook[],
  results: ExperimentResults | null,
): readonly ExperimentLook[] {
  const last = looks.at(-1);
  if (results === null || (last !== undefined && last.at >= results.at)) return looks;
  const { at, metrics } = results;
  return [...looks, ...metrics.map(({ metric, difference }) => ({ at, metric, difference }))];
}

/**
 * Where a metric's criterion lies as a difference to the control; null where there is none. A relative one is put at
 * the control's newest value.
 */
export function boundOf(
  criteria: readonly Criterion[],
  results: ExperimentResults | null,
  metric: PlottedMetric,
): number | null {
  const criterion = criteria.find((one) => one.metric === metric && one.measure !== 'count');
  if (criterion === undefined) return null;
  if (criterion.measure === 'difference') return criterion.value;
  const control = results?.metrics.find((one) => one.metric === metric)?.control.value ?? null;
  return control === null ? null : criterion.value * control;
}

/** Early intervals are so wide that they would squash the rest: what is drawn is at most so many newest widths. */
const WIDTHS = 3;

/** What the vertical axis shows: no change, the bound, every value, and the newest interval with room for older ones. */
export function shownRange({ values, lows, highs }: Intervals, bound: number | null): [number, number] {
  const known = [...values, bound, 0].filter((value) => value !== null);
  const [low, high] = [lows.at(-1) ?? 0, highs.at(-1) ?? 0];
  const room = ((high - low) * WIDTHS) / 2;
  const middle = (low + high) / 2;
  const least = Math.max(middle - room, Math.min(...ends(lows)));
  const most = Math.min(middle + room, Math.max(...ends(highs)));
  const [bottom, top] = [Math.min(...known, low, least), Math.max(...known, high, most)];
  const margin = (top - bottom || 1) * 0.05;
  return [bottom - margin, top + margin];
}

function ends(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? [0] : known;
}
