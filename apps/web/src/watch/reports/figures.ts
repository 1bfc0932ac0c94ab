import type { ReportChange, ReportMetric } from '@attune/contracts';
import type { Formats } from '../../text/formats.ts';

type Estimate = ReportChange['now'];

/** A value of a metric in its unit. */
export function figure(metric: ReportMetric, value: number, formats: Formats): string {
  if (metric === 'rating') return formats.decimal(value, 2);
  if (metric === 'tokens') return formats.decimal(value, 0);
  if (metric === 'latency') return `${formats.decimal(value / 1000, 2)} s`;
  return `${formats.decimal(100 * value, 1)} %`;
}

/** `72.1 % [68.0 %, 75.8 %], n = 412`, or a dash where nothing is known. */
export function estimateOf(metric: ReportMetric, { value, ci, n }: Estimate, formats: Formats): string {
  if (value === null) return '–';
  const told = (one: number) => figure(metric, one, formats);
  return `${told(value)}${interval(ci, told)}, n = ${formats.count(n)}`;
}

/** A difference with its sign and interval. */
export function differenceOf(metric: ReportMetric, { value, ci }: Estimate, formats: Formats): string {
  if (value === null) return '–';
  const told = (one: number) =>
    `${one > 0 ? '+' : one < 0 ? '−' : ''}${figure(metric, Math.abs(one), formats)}`;
  return `${told(value)}${interval(ci, told)}`;
}

function interval([low, high]: Estimate['ci'], told: (value: number) => string): string {
  return low === null || high === null ? '' : ` [${told(low)}, ${told(high)}]`;
}
