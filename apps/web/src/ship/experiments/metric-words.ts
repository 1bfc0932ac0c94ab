import type { Criterion, ExperimentMetric } from '@attune/contracts';
import type { Formats } from '../../text/formats.ts';

const MINUS = '−';

/** Metrics that are shares of 0–1. */
const shares: ReadonlySet<ExperimentMetric> = new Set(['satisfaction', 'error_rate']);

/** In what a metric's value and the difference of two are counted. */
export function isShare(metric: ExperimentMetric): boolean {
  return shares.has(metric);
}

/** A value of a metric: `62.5 %`, `4.12`, `310 ms`. */
export function valueWords(metric: ExperimentMetric, value: number, formats: Formats): string {
  if (isShare(metric)) return `${formats.decimal(value * 100, 1)} %`;
  if (metric === 'latency') return formats.duration(value);
  return metric === 'rating' ? formats.decimal(value, 2) : formats.count(value);
}

/** A difference between two values of a metric; of shares in percentage points, which `points` names. */
export function differenceWords(
  metric: ExperimentMetric,
  difference: number,
  formats: Formats,
  points: string,
): string {
  const size = Math.abs(difference);
  if (isShare(metric)) return signed(difference, `${formats.decimal(size * 100, 1)} ${points}`);
  if (metric === 'latency') return signed(difference, formats.duration(size));
  return signed(difference, formats.decimal(size, 2));
}

/** A relative difference: `+5.2 %`. */
export function relativeWords(relative: number, formats: Formats): string {
  return signed(relative, `${formats.decimal(Math.abs(relative) * 100, 1)} %`);
}

/** A p-value with three decimals; smaller ones say so. */
export function pWords(p: number, { decimal }: Formats): string {
  return p < 0.001 ? `<${decimal(0.001, 3)}` : decimal(p, 3);
}

/** An interval, its ends as `words` writes them; a dash where it is unbounded. */
export function intervalWords(
  [low, high]: readonly [number | null, number | null],
  words: (end: number) => string,
): string | null {
  return low === null || high === null ? null : `${words(low)} … ${words(high)}`;
}

/** How large the bound of a criterion is, without the sign that its words carry. */
export function boundWords({ metric, measure, value }: Criterion, formats: Formats, points: string): string {
  const size = Math.abs(value);
  if (measure === 'count') return formats.count(size);
  if (measure === 'relative') return `${formats.figure(Math.round(size * 1e6) / 1e4)} %`;
  if (isShare(metric)) return `${formats.figure(Math.round(size * 1e6) / 1e4)} ${points}`;
  return metric === 'latency' ? formats.duration(size) : formats.figure(size);
}

function signed(value: number, size: string): string {
  if (value === 0) return size;
  return `${value > 0 ? '+' : MINUS}${size}`;
}
