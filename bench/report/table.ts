import type { Estimate } from '@attune/core';
import type { NamedLatencies } from '../load/latencies.ts';

export type Row = readonly (string | number)[];

/** A Markdown table; numbers stand to the right. */
export function table(heading: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [
    line(heading),
    line(heading.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...rows.map(line),
  ].join('\n');
}

export function latencyTable(counted: string, rows: readonly NamedLatencies[]): string {
  const cells = rows.map(({ what, n, p50_ms, p95_ms, max_ms }) => [what, n, p50_ms, p95_ms, max_ms]);
  return table(['', counted, 'p50', 'p95', 'max'], cells);
}

/** A value with its 95 % interval, as JSON gives it: a bound that the data cannot give is null there. */
export function shown(estimate: Estimate | null | undefined, digits = 2): string {
  if (estimate === null || estimate === undefined) return '–';
  const [value, low, high] = [estimate.value, ...estimate.ci].map((number) =>
    Number.isFinite(number) ? number.toFixed(digits) : '–',
  );
  return `${value} [${low}, ${high}]`;
}

/** How many times as much as another figure. */
export function times(value: number, base: number | undefined): string {
  return base === undefined || base === 0 ? '–' : `${(value / base).toFixed(1)} ×`;
}
