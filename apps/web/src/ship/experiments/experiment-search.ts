import type { ExperimentMetric, ExperimentStatus } from '@attune/contracts';

export const statuses = [
  'draft',
  'running',
  'paused',
  'completed',
  'cancelled',
] as const satisfies ExperimentStatus[];

/** What an experiment keeps intervals of over time. */
export const plottedMetrics = [
  'satisfaction',
  'rating',
  'latency',
  'error_rate',
] as const satisfies ExperimentMetric[];
export type PlottedMetric = (typeof plottedMetrics)[number];

/** What the address of the list says. */
export interface ExperimentsSearch {
  readonly status?: ExperimentStatus;
}

/** Reads the address; what is no status is left out. */
export function experimentsSearch(search: Record<string, unknown>): ExperimentsSearch {
  const status = statuses.find((one) => one === search.status);
  return status === undefined ? {} : { status };
}

/** What the address of one experiment says: the metric that is drawn over time. */
export interface ExperimentSearch {
  readonly metric?: PlottedMetric;
}

export function experimentSearch(search: Record<string, unknown>): ExperimentSearch {
  const metric = plottedMetrics.find((one) => one === search.metric);
  return metric === undefined ? {} : { metric };
}
