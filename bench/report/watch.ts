/** What whoever watches waits for. */
import { aimsText } from '../aims.ts';
import type { DashboardFigures } from '../dashboards.ts';
import { latencyTable } from './table.ts';

export function dashboardsText({ rows, hours, summing_seconds, results }: DashboardFigures): string {
  const slowest = Math.max(...results.map(({ p95_ms }) => p95_ms));
  return `Panels of the page of trends over ${rows.toLocaleString('en')} answers in a year, through HTTP, milliseconds. The server
summed the year's ${hours.toLocaleString('en')} hours in ${summing_seconds} s, as it does once after an upgrade.

${latencyTable('requests', results)}

${aimsText([{ what: 'The slowest panel, p95', unit: 'ms', most: 300, measured: slowest }])}`;
}
